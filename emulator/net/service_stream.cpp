#include "emulator/net/service_stream.hpp"

#include "emulator/service/event_stream.hpp"

#include <utility>

namespace understudy::net {

void ServiceStream::on_head(const std::string&) {
    client_ = ends_.start();
}

void ServiceStream::on_bytes(std::string_view bytes) {
    client_->write(service::render_payload_chunk(bytes));
}

bool ServiceStream::hold(std::function<void()> resume) {
    if (client_->backlog() <= kMostBacklog) return false;
    client_->on_drained(std::move(resume));
    return true;
}

void ServiceStream::on_end(lambda::Outcome&& outcome) {
    if (outcome.kind == lambda::OutcomeKind::throttled) return ends_.refuse(std::move(outcome));
    if (!client_) {
        on_head(outcome.content_type);
        if (outcome.kind == lambda::OutcomeKind::succeeded) on_bytes(outcome.payload);
    }
    client_->write(ends_.finish(outcome));
    std::move(*client_).finish({});
    ends_.on_ended();
}

}  // namespace understudy::net
