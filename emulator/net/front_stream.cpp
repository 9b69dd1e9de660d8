#include "emulator/net/front_stream.hpp"

#include <utility>

namespace understudy::net {

void FrontStream::on_head(const std::string& content_type) {
    reply_ = ends_.read(content_type);
}

void FrontStream::on_bytes(std::string_view bytes) {
    if (!answered_) pass(reply_->feed(bytes));
}

void FrontStream::pass(event::StreamStep&& step) {
    if (step.head) {
        client_ = ends_.start(std::move(*step.head));
        answered_ = !client_;
    }
    if (client_) client_->write(step.body);
}

void FrontStream::on_end(lambda::Outcome&& outcome) {
    if (answered_) return;
    const bool succeeded = outcome.kind == lambda::OutcomeKind::succeeded;
    if (!client_ && !(reply_ && succeeded)) return ends_.answer(std::move(outcome));
    if (succeeded) pass(reply_->finish());
    if (!client_) return;
    if (succeeded) {
        std::move(*client_).finish({});
    } else {
        std::move(*client_).abort();
    }
    ends_.on_ended();
}

}  // namespace understudy::net
