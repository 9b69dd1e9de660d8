#include "tools/understudy/reload.hpp"

#include "tools/understudy/application_changes.hpp"
#include "tools/understudy/reload_words.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace understudy::cli {
namespace {

/// How long nothing must be written before a change is taken up.
constexpr std::chrono::milliseconds kQuiet{100};

/// How long something may be gone before that is told.
constexpr std::chrono::milliseconds kAbsence{1000};

std::set<std::string> names_of(const std::vector<app::Function>& functions) {
    std::set<std::string> names;
    for (const app::Function& function : functions) names.insert(function.name);
    return names;
}

const app::Function* find_function(const app::Application& application, const std::string& name) {
    const auto found = std::ranges::find(application.functions, name, &app::Function::name);
    return found == application.functions.end() ? nullptr : &*found;
}

}  // namespace

/// What a reload makes of what it has read.
struct Reload::Next {
    PreparedApplication prepared;   ///< With the old functions for those that cannot be started.
    std::set<std::string> rebuilt;  ///< Functions to be started anew, though nothing is said of them otherwise.
    std::set<std::string> kept;     ///< Those that cannot be started.
    std::set<std::string> unready;  ///< Of these, the ones that there was none of before.
};

Reload::Reload(boost::asio::io_context& context, Emulator& emulator, ServedApplication& served, Current current,
               Events events)
    : context_(context),
      emulator_(emulator),
      served_(served),
      current_(std::move(current)),
      events_(std::move(events)) {
    emulator_.on_left([this] {
        untidy_ = true;
        if (!busy_) go_on();
    });
}

source::Result<void> Reload::watch() {
    watch_ = std::make_unique<process::FileWatch>(
        context_.get_executor(), kQuiet,
        [this](const std::vector<std::filesystem::path>& changed) { request(changed); });
    watch_->on_loss(kAbsence,
                    [this](const std::vector<std::filesystem::path>& lost) { tell_failure(render_loss(lost)); });
    return watch_->watch(current_.prepared.watched);
}

void Reload::request(const std::vector<std::filesystem::path>& changed) {
    asked_.changed.insert(changed.begin(), changed.end());
    again_ = true;
    if (!busy_ && !stopped_) begin();
}

void Reload::begin() {
    busy_ = true;
    again_ = false;
    under_way_.changed.merge(std::exchange(asked_.changed, {}));
    under_way_.all |= std::exchange(asked_.all, false);
    began_ = std::chrono::steady_clock::now();
    if (worker_.joinable()) worker_.join();
    worker_ = std::thread([this] {
        auto prepared = std::make_shared<Prepared>(served_.prepare([this] { return !stopped_; }));
        boost::asio::post(context_, [this, prepared] { on_prepared(prepared); });
    });
}

void Reload::on_prepared(std::shared_ptr<Prepared> prepared) {
    if (stopped_) return;
    if (!*prepared) {
        tell_failure(served_.render(prepared->error(), source::Colour::none));
        return end();
    }
    Next next = to_next(std::move(**prepared));
    if (next.kept.empty() || !is_current(next)) return replace(std::move(next));
    tell_failures(next);
    take(next);
    end();
}

Reload::Next Reload::to_next(PreparedApplication&& prepared) const {
    Next next{.prepared = std::move(prepared), .rebuilt = affected_functions(), .kept = {}, .unready = {}};
    next.rebuilt.insert(kept_.begin(), kept_.end());
    for (const UnpreparedFunction& failure : next.prepared.failures) keep(next, failure.name);
    return next;
}

/// Leaves a function as it is; one that is new is served without an environment, and its calls say why.
void Reload::keep(Next& next, const std::string& function) const {
    next.kept.insert(function);
    next.rebuilt.erase(function);
    const auto broken = std::ranges::find(next.prepared.application.functions, function, &app::Function::name);
    const app::Function* old = find_function(current_.prepared.application, function);
    if (old == nullptr) next.unready.insert(function);
    if (old != nullptr) *broken = *old;
}

/// Whether nothing has to be replaced.
bool Reload::is_current(const Next& next) const {
    return next.rebuilt.empty() && is_same_application(current_.prepared.application, next.prepared.application) &&
           std::ranges::equal(current_.prepared.issuer_keys, next.prepared.issuer_keys, {}, &IssuerKeys::key_set,
                              &IssuerKeys::key_set);
}

std::set<std::string> Reload::affected_functions() const {
    std::set<std::string> names;
    for (const auto& path : under_way_.changed) {
        const auto found = current_.prepared.functions_of.find(path);
        if (found != current_.prepared.functions_of.end()) names.insert(found->second.begin(), found->second.end());
    }
    return names;
}

void Reload::replace(Next&& made) {
    const auto next = std::make_shared<Next>(std::move(made));
    emulator_.renew_issuer_keys(next->prepared.issuer_keys);
    const auto done = [this, next](const Emulator::Replaced& replaced) {
        if (stopped_) return;
        if (!replaced.endpoints) return on_refused(*next, replaced);
        on_replaced(*next, *replaced.endpoints);
        end();
    };
    emulator_.replace(next->prepared.application, next->rebuilt, next->unready, done);
}

/// Without the functions whose init has failed the rest may be taken.
void Reload::on_refused(Next& next, const Emulator::Replaced& replaced) {
    const std::set<std::string> failed(replaced.failed_inits.begin(), replaced.failed_inits.end());
    if (failed.empty()) {
        tell_failure(to_string(replaced.endpoints.error()) + '\n');
        return end();
    }
    for (const std::string& function : failed) {
        next.prepared.failures.push_back({function, "the init of function " + function + " failed"});
        keep(next, function);
    }
    if (!is_current(next)) return replace(std::move(next));
    tell_failures(next);
    take(next);
    end();
}

void Reload::on_replaced(Next& next, const Endpoints& endpoints) {
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began_);
    events_.say("reloaded: " + describe(next, endpoints) + " (" + std::to_string(took.count()) + " ms)\n" +
                render_new_keys(current_.prepared.application, next.prepared.application));
    for (const std::string& notice : next.prepared.notices) {
        if (std::ranges::find(current_.prepared.notices, notice) == current_.prepared.notices.end())
            events_.say(notice);
    }
    if (next.prepared.port != current_.prepared.port)
        events_.say("note: SAM's configuration names another port now; it counts from the next start on\n");
    if (!next.kept.empty()) tell_failures(next);
    events_.on_replaced(endpoints, next.prepared.application);
    take(next);
    current_.endpoints = endpoints;
}

void Reload::take(Next& next) {
    untidy_ = untidy_ || !next.kept.empty();
    current_.prepared = std::move(next.prepared);
    kept_ = std::move(next.kept);
    under_way_ = {};
}

std::string Reload::describe(const Next& next, const Endpoints& endpoints) const {
    return describe_reload(describe_changes({current_.prepared.application, current_.endpoints},
                                            {next.prepared.application, endpoints}, {next.rebuilt, under_way_.all}),
                           current_.prepared.issuer_keys, next.prepared.issuer_keys);
}

void Reload::tell_failures(const Next& next) {
    const FailureNews news =
        find_failure_news(next.prepared.failures, current_.prepared.failures, affected_functions(), next.unready);
    if (!news.reasons.empty()) tell_failure(news.reasons, news.functions);
}

void Reload::tell_failure(const std::string& reason) {
    const std::vector<app::Function>& functions = current_.prepared.application.functions;
    if (functions.empty()) return events_.say(render_refusal(reason));
    tell_failure(reason, names_of(functions));
}

void Reload::tell_failure(const std::string& reason, const std::set<std::string>& concerned) {
    events_.say(render_refusal(reason, concerned, emulator_.find_stranded()));
}

void Reload::end() {
    busy_ = false;
    if (watch_) {
        if (const auto watched = watch_->watch(current_.prepared.watched); !watched)
            events_.say(to_string(watched.error()) + '\n');
    }
    go_on();
}

void Reload::go_on() {
    if (stopped_) return;
    if (again_) return begin();
    if (untidy_) tidy();
}

/// Nothing is unpacked meanwhile: a reload that is asked for waits.
void Reload::tidy() {
    busy_ = true;
    untidy_ = false;
    std::vector<std::filesystem::path> keep = current_.prepared.code;
    const auto add = [&keep](const std::vector<app::Function>& functions) {
        for (const app::Function& function : functions) {
            keep.insert(keep.end(), function.command.begin(), function.command.end());
            keep.insert(keep.end(), {function.directory, function.opt});
        }
    };
    add(emulator_.leaving());
    // Some may have kept an earlier build.
    add(current_.prepared.application.functions);
    if (worker_.joinable()) worker_.join();
    worker_ = std::thread([this, keep = std::move(keep)] {
        served_.remove_other_code(keep);
        boost::asio::post(context_, [this] {
            busy_ = false;
            go_on();
        });
    });
}

void Reload::stop() {
    stopped_ = true;
    emulator_.on_left({});
    watch_.reset();
    if (worker_.joinable()) worker_.join();
}

}  // namespace understudy::cli
