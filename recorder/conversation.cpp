#include "recorder/conversation.hpp"

#include "emulator/http/base64.hpp"

#include <algorithm>
#include <string>

#include "recorder/runtime_target.hpp"

namespace understudy::recorder {

struct Conversation::Call {
    RuntimeTarget target;
    bool keeps_body = false;
    Posted posted = {};    ///< Of `response` and `error`.
    Delivered event = {};  ///< Of `next`.
    int status = 0;
};

Conversation::Conversation(Journal& journal) : journal_(journal) {}

void Conversation::on_request_bytes(std::string_view bytes, Moment now) {
    now_ = now;
    readable_ = readable_ && requests_.feed(bytes);
}

/// What has begun and is not whole will never be.
void Conversation::on_request_end(Moment now) {
    now_ = now;
    if (!readable_ || !arriving_) return;
    const std::shared_ptr<Call> call = std::move(arriving_);
    if (!call->keeps_body) return;
    call->posted.at = now;
    journal_.on_truncated(call->target.request_id, std::move(call->posted));
}

void Conversation::on_reply_bytes(std::string_view bytes, Moment now) {
    now_ = now;
    readable_ = readable_ && replies_.feed(bytes);
}

void Conversation::on_reply_end(Moment now) {
    now_ = now;
    readable_ = readable_ && replies_.end();
}

bool Conversation::is_waiting() const {
    return readable_ &&
           std::ranges::any_of(calls_, [](const auto& call) { return call->target.kind != CallKind::next; });
}

void Conversation::Requests::on_head(const MessageHead& head) {
    owner.arriving_ = std::make_shared<Call>();
    Call& call = *owner.arriving_;
    owner.calls_.push_back(owner.arriving_);
    call.target = parse_runtime_target(head.method, head.target);
    if (call.target.kind != CallKind::response && call.target.kind != CallKind::error) return;
    call.keeps_body = owner.journal_.keeps(call.target.request_id);
    call.posted.is_error = call.target.kind == CallKind::error;
    call.posted.is_streamed = head.headers.first("Lambda-Runtime-Function-Response-Mode") == "streaming";
    call.posted.content_type = head.headers.first("Content-Type").value_or("");
    call.posted.error_type = head.headers.first("Lambda-Runtime-Function-Error-Type").value_or("");
    if (call.posted.is_streamed) owner.journal_.on_stream(call.target.request_id);
}

void Conversation::Requests::on_body(std::string_view bytes) {
    if (owner.arriving_ && owner.arriving_->keeps_body)
        owner.arriving_->posted.body.append(bytes, owner.journal_.most_body_bytes());
}

void Conversation::Requests::on_end(const http::Headers& trailers) {
    if (!owner.arriving_) return;
    Posted& posted = owner.arriving_->posted;
    const auto type = trailers.last("Lambda-Runtime-Function-Error-Type");
    const auto body = trailers.last("Lambda-Runtime-Function-Error-Body");
    if (type || body) {
        posted.is_error = true;
        posted.error_type = type.value_or("");
        posted.stream_error = http::parse_base64(body.value_or("")).value_or("");
    }
    posted.at = owner.now_;
    owner.arriving_.reset();
}

void Conversation::Replies::on_head(const MessageHead& head) {
    constexpr int kOk = 200;
    if (owner.calls_.empty()) return;
    Call& call = *owner.calls_.front();
    call.status = head.status;
    if (call.target.kind != CallKind::next || head.status != kOk) return;
    call.event.headers = head.headers;
    call.target.request_id = head.headers.first("Lambda-Runtime-Aws-Request-Id").value_or("");
    call.keeps_body = !call.target.request_id.empty() && owner.journal_.wants(call.target.request_id);
}

void Conversation::Replies::on_body(std::string_view bytes) {
    if (owner.calls_.empty()) return;
    Call& call = *owner.calls_.front();
    if (call.target.kind == CallKind::next && call.keeps_body)
        call.event.body.append(bytes, owner.journal_.most_body_bytes());
}

void Conversation::Replies::on_end(const http::Headers&) {
    if (owner.calls_.empty()) return;
    const std::shared_ptr<Call> call = owner.calls_.front();
    owner.calls_.pop_front();
    if (!call->keeps_body) return;
    if (call->target.kind == CallKind::next) {
        owner.journal_.on_event(call->target.request_id, std::move(call->event), owner.now_);
    } else {
        // What was refused before all of it had come has its end here.
        if (owner.arriving_ == call) call->posted.at = owner.now_;
        owner.journal_.on_posted(call->target.request_id, std::move(call->posted), call->status);
    }
}

}  // namespace understudy::recorder
