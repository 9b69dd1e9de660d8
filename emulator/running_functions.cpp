#include "emulator/running_functions.hpp"

#include <algorithm>
#include <utility>

namespace understudy {

/// A set of functions on its way to take over.
struct RunningFunctions::Replacement {
    Entries entries;
    std::set<std::pair<std::string, std::string>> warming;  ///< Names and versions whose init has not ended.
    std::vector<std::string> failed;
    OnReplaced done;
};

void RunningFunctions::start(const std::vector<app::Function>& functions) {
    for (const app::Function& function : functions) {
        const std::string latest(app::kLatest);
        entries_[function.name] = {function, std::make_shared<Versions>(Versions{{latest, make_(function, latest)}})};
    }
}

const app::Function* RunningFunctions::find(const std::string& name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second.function;
}

bool RunningFunctions::is_throttled(const std::string& name) const {
    return is_throttled(entries_.at(name));
}

bool RunningFunctions::is_throttled(const Entry& entry) {
    std::size_t in_flight = 0;
    for (const auto& [other, running] : *entry.versions) in_flight += running->in_flight();
    return lambda::is_throttled(entry.function.reserved_concurrency, in_flight);
}

RunningFunction* RunningFunctions::find_free(const std::string& name, const std::string& version) {
    const Entry& entry = entries_.at(name);
    if (is_throttled(entry)) return nullptr;
    std::shared_ptr<RunningFunction>& running = (*entry.versions)[version];
    if (!running) running = make_(entry.function, version);
    return running.get();
}

void RunningFunctions::invoke(const std::string& name, lambda::Invocation&& invocation, net::OnOutcome done) {
    if (recorder_ && invocation.exchange != 0) done = recorder_->watch(name, invocation, std::move(done));
    RunningFunction* running = find_free(name, invocation.version);
    if (running == nullptr) return done({.kind = lambda::OutcomeKind::throttled});
    running->invoke(std::move(invocation), std::move(done));
}

void RunningFunctions::invoke_streamed(const std::string& name, lambda::Invocation&& invocation,
                                       std::shared_ptr<net::StreamSink> sink) {
    if (recorder_ && invocation.exchange != 0) sink = recorder_->watch(name, invocation, std::move(sink));
    RunningFunction* running = find_free(name, invocation.version);
    if (running == nullptr) return sink->on_end({.kind = lambda::OutcomeKind::throttled});
    running->invoke_streamed(std::move(invocation), std::move(sink));
}

/// The versions that were at work until now, of those that the function has; else its first.
std::shared_ptr<RunningFunctions::Versions> RunningFunctions::make_versions(const app::Function& function) const {
    auto versions = std::make_shared<Versions>();
    if (const auto old = entries_.find(function.name); old != entries_.end()) {
        for (const auto& [version, running] : *old->second.versions) {
            if (app::find_version(function, version)) (*versions)[version] = make_(function, version);
        }
    }
    const std::string latest(app::kLatest);
    if (versions->empty()) (*versions)[latest] = make_(function, latest);
    return versions;
}

void RunningFunctions::replace(const std::vector<app::Function>& functions, const std::set<std::string>& rebuilt,
                               const std::set<std::string>& unready, OnReplaced done) {
    replacement_ = std::make_shared<Replacement>();
    const auto replacement = replacement_;
    replacement->done = std::move(done);
    std::vector<std::pair<std::string, std::shared_ptr<Versions>>> fresh;
    for (const app::Function& function : functions) {
        const auto old = entries_.find(function.name);
        const bool stays =
            old != entries_.end() && old->second.function == function && !rebuilt.contains(function.name);
        auto versions = stays ? old->second.versions : make_versions(function);
        if (!stays && !unready.contains(function.name)) {
            fresh.emplace_back(function.name, versions);
            for (const auto& [version, running] : *versions) replacement->warming.emplace(function.name, version);
        }
        replacement->entries[function.name] = {function, std::move(versions)};
    }
    if (fresh.empty()) return take_over();
    for (const auto& [name, versions] : fresh) {
        for (const auto& [version, running] : *versions) {
            running->warm_up(
                [this, name = name, version = version](bool succeeded) { on_warm(name, version, succeeded); });
        }
    }
}

void RunningFunctions::on_warm(const std::string& name, const std::string& version, bool succeeded) {
    if (!replacement_ || replacement_->warming.erase({name, version}) == 0) return;
    if (!succeeded) replacement_->failed.push_back(name);
    if (replacement_->warming.empty()) take_over();
}

void RunningFunctions::take_over() {
    const auto replacement = std::exchange(replacement_, nullptr);
    Entries leaving = std::move(replacement->entries);
    if (replacement->failed.empty()) std::swap(leaving, entries_);
    for (auto& [name, entry] : leaving) {
        const auto kept = entries_.find(name);
        if (kept != entries_.end() && kept->second.versions == entry.versions) continue;
        for (const auto& [version, running] : *entry.versions) retire(running);
    }
    replacement->done(replacement->failed);
}

void RunningFunctions::retire(const std::shared_ptr<RunningFunction>& function) {
    retiring_.push_back(function);
    function->retire([this, leaving = std::weak_ptr(function)] {
        const auto retired = leaving.lock();
        if (!retired) return;
        retired->spin_down([this, leaving] {
            const auto gone = leaving.lock();
            if (gone && std::erase(retiring_, gone) > 0 && on_left_) on_left_();
        });
    });
}

std::vector<app::Function> RunningFunctions::leaving() const {
    std::vector<app::Function> functions;
    for (const auto& running : retiring_) functions.push_back(running->function());
    return functions;
}

std::vector<std::string> RunningFunctions::find_stranded() const {
    std::vector<std::string> names;
    for (const auto& [name, entry] : entries_) {
        if (std::ranges::any_of(*entry.versions, [](const auto& version) { return version.second->is_stranded(); }))
            names.push_back(name);
    }
    return names;
}

/// Those that are told to end share the time that they have for it.
void RunningFunctions::stop() {
    std::vector<std::shared_ptr<RunningFunction>> all = std::exchange(retiring_, {});
    const auto add = [&all](const Entries& entries) {
        for (const auto& [name, entry] : entries) {
            for (const auto& [version, running] : *entry.versions) all.push_back(running);
        }
    };
    if (const auto replacement = std::exchange(replacement_, nullptr)) add(replacement->entries);
    add(entries_);
    for (const auto& function : all) function->begin_stop();
    for (const auto& function : all) function->stop();
}

}  // namespace understudy
