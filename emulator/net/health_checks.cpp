#include "emulator/net/health_checks.hpp"

#include "emulator/event/alb_event.hpp"
#include "emulator/gateway/api_identity.hpp"
#include "emulator/lambda/trace.hpp"

#include <utility>

namespace understudy::net {
namespace {

std::string render_check(const app::Application& application, const app::Api& api, const app::HealthCheck& terms) {
    const gateway::ApiIdentity identity = gateway::identify(application, api);
    const app::TargetGroup& group = terms.target_group;
    event::Place place;
    place.target_group_arn = group.arn.empty() ? identity.target_group_arn : group.arn;
    place.path = terms.path;
    return event::render_alb_health_check(place, gateway::to_mode(group.multi_value_headers));
}

gateway::FunctionReply to_checked_reply(lambda::Outcome&& outcome) {
    const bool succeeded = outcome.kind == lambda::OutcomeKind::succeeded;
    return {succeeded ? gateway::FunctionReply::Kind::succeeded : gateway::FunctionReply::Kind::function_error,
            std::move(outcome.payload)};
}

}  // namespace

HealthChecks::HealthChecks(const app::Application& application, const app::Api& api, const app::HealthCheck& terms,
                           double clock_scale, Deadlines& deadlines, RandomIds& ids, Ends ends)
    : terms_(terms),
      door_(application, api),
      event_(render_check(application, api, terms_)),
      clock_scale_(clock_scale),
      deadlines_(deadlines),
      ids_(ids),
      ends_(std::move(ends)),
      health_(terms_) {}

void HealthChecks::wait(std::chrono::milliseconds nominal, void (HealthChecks::*then)()) {
    const std::chrono::duration<double, std::milli> real(static_cast<double>(nominal.count()) / clock_scale_);
    deadlines_.call_off(deadline_);
    deadline_ = deadlines_.add(Deadlines::Clock::now() + std::chrono::duration_cast<Deadlines::Clock::duration>(real),
                               [weak = weak_from_this(), then] {
                                   if (const auto self = weak.lock()) ((*self).*then)();
                               });
}

void HealthChecks::check() {
    under_way_ = ++checks_;
    wait(terms_.timeout, &HealthChecks::on_timeout);
    lambda::Invocation invocation;
    invocation.id = ids_.uuid();
    invocation.payload = std::make_shared<const std::string>(event_);
    invocation.trace = lambda::to_string(ids_.trace(std::chrono::system_clock::now()));
    ends_.invoke(terms_.function, terms_.qualifier, std::move(invocation),
                 [weak = weak_from_this(), number = checks_](lambda::Outcome&& outcome) {
                     if (const auto self = weak.lock()) self->on_outcome(number, std::move(outcome));
                 });
}

void HealthChecks::on_outcome(int check, lambda::Outcome&& outcome) {
    if (check != under_way_) return;
    gateway::Ticket ticket;
    ticket.headers = gateway::to_mode(terms_.target_group.multi_value_headers);
    const auto answer = door_.answer(ticket, to_checked_reply(std::move(outcome)), std::chrono::system_clock::now());
    settle(answer.response.status);
}

void HealthChecks::settle(std::optional<int> status) {
    under_way_ = 0;
    const auto changed = health_.on_check(status);
    if (changed == gateway::TargetHealth::State::healthy) {
        ends_.on_change("the health checks of function " + terms_.function + " pass");
    } else if (changed) {
        ends_.on_change("the health checks of function " + terms_.function + " fail: " +
                        (status ? "it answers " + std::to_string(*status) + " and not " + terms_.matcher
                                : "it takes longer than " + std::to_string(terms_.timeout.count()) + " s"));
    }
    wait(terms_.interval, &HealthChecks::check);
}

}  // namespace understudy::net
