#include "emulator/net/recording_channel.hpp"

#include "emulator/net/response_head.hpp"

#include <algorithm>

namespace understudy::net {
namespace {

bool is_head_request(const ExchangeTape& tape) {
    return tape.exchange.request && tape.exchange.request->start_line.starts_with("HEAD ");
}

/// Of a stream; a whole reply is never that large.
constexpr std::size_t kMostKept = 32 << 20;

void keep_bytes(std::string& kept, std::string_view bytes, ExchangeTape& tape) {
    const std::string_view fitting = bytes.substr(0, kMostKept - std::min(kept.size(), kMostKept));
    kept += fitting;
    if (fitting.size() < bytes.size()) tape.exchange.missing = "of a stream, what is beyond its first 32 MiB";
}

/// Adds the line that the connection adds where the answer does not bring it.
void add_missing(http::Headers& headers, std::string_view name, const std::string& value) {
    if (!headers.contains("Content-Length")) headers.add(name, value);
}

void keep(ExchangeTape& tape, int status, const http::Headers& headers) {
    record::HttpMessage& kept = tape.exchange.response.emplace();
    kept.start_line = "HTTP/1.1 " + std::to_string(status) + ' ';
    kept.start_line += http::reason_phrase(status);
    kept.headers = headers;
}

}  // namespace

void keep_answer(ExchangeTape& tape, http::Response& response) {
    keep(tape, response.status, response.headers);
    if (!carries_body(response, {true, is_head_request(tape), 1})) return;
    add_missing(tape.exchange.response->headers, "Content-Length", std::to_string(response.body.size()));
    tape.response_body = response.body.share();
}

void RecordingChannel::end() {
    if (const auto recorder = recorder_.lock()) recorder->answer(*tape_);
}

void RecordingChannel::send(http::Response response) {
    if (tape_->owes_response) keep_answer(*tape_, response);
    connection_->send(std::move(response));
    end();
}

void RecordingChannel::start(http::Response head) {
    keep(*tape_, head.status, head.headers);
    const bool has_body = carries_body(head, {true, is_head_request(*tape_), 1});
    if (has_body) add_missing(tape_->exchange.response->headers, "Transfer-Encoding", "chunked");
    tape_->exchange.response->body = head.body.view();
    connection_->start(std::move(head));
}

void RecordingChannel::write(std::string_view bytes) {
    if (tape_->owes_response) keep_bytes(tape_->exchange.response->body, bytes, *tape_);
    connection_->write(bytes);
}

void RecordingChannel::finish(const http::Headers& trailers) {
    if (tape_->owes_response) tape_->exchange.response->trailers = trailers;
    connection_->finish(trailers);
    end();
}

/// Without an answer, or in the midst of one.
void RecordingChannel::abort() {
    if (tape_->owes_response && tape_->exchange.response) tape_->exchange.response->cut_off = true;
    connection_->abort();
    end();
}

std::shared_ptr<WebSocketConnection> RecordingChannel::upgrade(const http::Headers& lines, WebSocketTerms terms,
                                                               WebSocketEvents events) {
    keep(*tape_, 101, lines);
    auto connection = connection_->upgrade(lines, terms, std::move(events));
    end();
    return connection;
}

void RecordingSink::on_head(const std::string& content_type) {
    if (!tape_->is_over) {
        tape_->exchange.invocations[invocation_].streamed = true;
        tape_->exchange.invocations[invocation_].reply_type = content_type;
    }
    sink_->on_head(content_type);
}

void RecordingSink::on_bytes(std::string_view bytes) {
    if (!tape_->is_over) keep_bytes(tape_->exchange.invocations[invocation_].reply, bytes, *tape_);
    sink_->on_bytes(bytes);
}

void RecordingSink::on_end(lambda::Outcome&& outcome) {
    if (const auto recorder = recorder_.lock()) recorder->end(*tape_, invocation_, outcome, invoked_);
    sink_->on_end(std::move(outcome));
}

}  // namespace understudy::net
