#include "emulator/running_function.hpp"

#include "emulator/lambda/trace.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace understudy {

/// An environment, and whose invocation it runs.
struct RunningFunction::Slot {
    std::unique_ptr<RunningEnvironment> environment;
    lambda::Caller caller{};
    std::function<void(bool)> on_warm;  ///< Until its init has ended.
};

RunningFunction::RunningFunction(boost::asio::io_context& context, EnvironmentPlan plan, std::size_t max_environments,
                                 net::Deadlines& deadlines, net::RandomIds& ids, Events events)
    : context_(context),
      plan_(std::move(plan)),
      deadlines_(deadlines),
      ids_(ids),
      events_(std::move(events)),
      pool_(max_environments),
      graveyard_(std::make_shared<std::vector<std::unique_ptr<Slot>>>()) {}

RunningFunction::~RunningFunction() = default;

void RunningFunction::invoke(lambda::Invocation&& invocation, net::OnOutcome done) {
    place({std::move(done), nullptr}, std::move(invocation));
}

void RunningFunction::invoke_streamed(lambda::Invocation&& invocation, std::shared_ptr<net::StreamSink> sink) {
    invocation.reply = lambda::ReplyMode::streamed;
    place({nullptr, std::move(sink)}, std::move(invocation));
}

/// What is on the disk may be half a build, or a broken one: as long as somebody serves, it waits for its own turn.
lambda::Growth RunningFunction::growth() const {
    if (pool_.idle() > 0) return lambda::Growth::allowed;
    return is_lost() ? lambda::Growth::halted : lambda::Growth::allowed;
}

bool RunningFunction::is_lost() const {
    return plan_.code.look() == process::KeptCode::State::lost;
}

bool RunningFunction::is_stranded() const {
    return pool_.environments() == 0 && is_lost();
}

void RunningFunction::place(Waiting&& waiting, lambda::Invocation&& invocation) {
    if (events_.on_end) waiting.request_id = invocation.id;
    if (invocation.disturbance.kind == lambda::Disturbance::Kind::throttle)
        return tell(waiting, {.kind = lambda::OutcomeKind::throttled});
    const lambda::Caller caller{++last_caller_};
    callers_.emplace(caller, std::move(waiting));
    auto placement = pool_.on_invoke({caller, std::move(invocation)}, growth());
    if (std::holds_alternative<lambda::Crowded>(placement))
        return answer(caller, {.kind = lambda::OutcomeKind::throttled});
    carry_out(std::move(placement));
}

void RunningFunction::carry_out(lambda::Placement&& placement) {
    if (auto* reuse = std::get_if<lambda::Reuse>(&placement)) {
        hand_over(*slots_.at(reuse->environment), std::move(reuse->job));
    } else if (auto* starting = std::get_if<lambda::Start>(&placement)) {
        start(starting->environment, std::move(starting->job));
    }
}

void RunningFunction::warm_up(std::function<void(bool)> done) {
    const auto id = pool_.on_warm_up();
    if (!id) return done(true);
    Slot& slot = open_slot(*id);
    slot.on_warm = std::move(done);
    slot.environment->warm_up();
    spawn(slot);
}

void RunningFunction::retire(std::function<void()> done) {
    on_retired_ = std::move(done);
    tell_retired();
}

void RunningFunction::spin_down(std::function<void()> done) {
    on_gone_ = std::move(done);
    for (const auto& [id, slot] : slots_) slot->environment->stop();
    tell_gone();
}

void RunningFunction::tell_gone() {
    if (on_gone_ && slots_.empty()) boost::asio::post(context_, std::exchange(on_gone_, nullptr));
}

void RunningFunction::tell_retired() {
    if (on_retired_ && pool_.at_rest()) boost::asio::post(context_, std::exchange(on_retired_, nullptr));
}

RunningFunction::Slot& RunningFunction::open_slot(lambda::EnvironmentId id) {
    Slot& slot = *(slots_[id] = std::make_unique<Slot>());
    slot.environment = std::make_unique<RunningEnvironment>(
        context_, plan_, deadlines_,
        RunningEnvironment::Events{
            [this, id](const std::string& content_type) {
                if (const auto sink = find_sink(id)) sink->on_head(content_type);
            },
            [this, id](std::string_view bytes) {
                if (const auto sink = find_sink(id)) sink->on_bytes(bytes);
            },
            [this, id](std::function<void()> resume) {
                const auto sink = find_sink(id);
                return sink && sink->hold(std::move(resume));
            },
            [this, id](lambda::Outcome&& outcome) { on_complete(id, std::move(outcome)); }, [this, id] { on_idle(id); },
            [this, id](std::shared_ptr<lambda::Invocation>&& returned) { on_dead(id, std::move(returned)); },
            events_.on_log, events_.on_over_memory, events_.on_shortage});
    return slot;
}

void RunningFunction::spawn(Slot& slot) {
    const auto now = std::chrono::system_clock::now();
    slot.environment->start(lambda::to_log_stream_name(now, plan_.version, ids_.number(), ids_.number()));
}

void RunningFunction::start(lambda::EnvironmentId id, lambda::Job&& job) {
    Slot& slot = open_slot(id);
    hand_over(slot, std::move(job));
    spawn(slot);
}

void RunningFunction::hand_over(Slot& slot, lambda::Job&& job) {
    slot.caller = job.caller;
    slot.environment->invoke(std::move(job.invocation));
}

void RunningFunction::on_complete(lambda::EnvironmentId id, lambda::Outcome&& outcome) {
    answer(slots_.at(id)->caller, std::move(outcome));
}

void RunningFunction::tell(Waiting& waiting, lambda::Outcome&& outcome) const {
    const bool begun = outcome.begun.time_since_epoch().count() != 0;
    if (events_.on_end) events_.on_end(waiting.request_id, begun ? Begun::yes : Begun::no);
    if (waiting.sink) return waiting.sink->on_end(std::move(outcome));
    waiting.done(std::move(outcome));
}

void RunningFunction::answer(lambda::Caller caller, lambda::Outcome&& outcome) {
    if (auto waiting = callers_.extract(caller)) tell(waiting.mapped(), std::move(outcome));
}

/// None behind the environment's end either: of an upload that it left unfinished, more may arrive until it is buried.
std::shared_ptr<net::StreamSink> RunningFunction::find_sink(lambda::EnvironmentId id) const {
    const auto slot = slots_.find(id);
    if (slot == slots_.end()) return nullptr;
    const auto waiting = callers_.find(slot->second->caller);
    return waiting == callers_.end() ? nullptr : waiting->second.sink;
}

void RunningFunction::on_idle(lambda::EnvironmentId id) {
    Slot& slot = *slots_.at(id);
    if (slot.on_warm) std::exchange(slot.on_warm, nullptr)(true);
    if (auto reuse = pool_.on_idle(id)) hand_over(slot, std::move(reuse->job));
    tell_retired();
}

void RunningFunction::on_dead(lambda::EnvironmentId id, std::shared_ptr<lambda::Invocation>&& returned) {
    // The environment is still at work on its last actions: it is buried in a later turn.
    auto slot = slots_.extract(id);
    const lambda::Caller caller = slot.mapped()->caller;
    if (slot.mapped()->on_warm) std::exchange(slot.mapped()->on_warm, nullptr)(false);
    graveyard_->push_back(std::move(slot.mapped()));
    boost::asio::post(context_, [graves = std::weak_ptr(graveyard_)] {
        if (const auto open = graves.lock()) open->clear();
    });
    if (returned) {
        carry_out(pool_.on_returned(id, {caller, std::move(*returned)}, growth()));
    } else if (auto starting = pool_.on_dead(id, growth())) {
        start(starting->environment, std::move(starting->job));
    }
    tell_retired();
    tell_gone();
}

void RunningFunction::begin_stop() {
    for (lambda::Job& job : pool_.on_stop()) answer(job.caller, lambda::stopped_outcome(job.invocation.id));
    for (const auto& [id, slot] : slots_) slot->environment->stop();
    callers_.clear();
}

void RunningFunction::stop() {
    begin_stop();
    for (const auto& [id, slot] : slots_) slot->environment->await_end();
    slots_.clear();
    graveyard_->clear();
}

}  // namespace understudy
