#include "emulator/running_functions.hpp"

#include <utility>

namespace understudy {

/// A set of functions on its way to take over.
struct RunningFunctions::Replacement {
    Entries entries;
    std::set<std::string> warming;  ///< New ones whose init has not ended.
    std::vector<std::string> failed;
    OnReplaced done;
};

void RunningFunctions::start(const std::vector<app::Function>& functions) {
    for (const app::Function& function : functions) entries_[function.name] = {function, make_(function)};
}

void RunningFunctions::invoke(const std::string& name, lambda::Invocation&& invocation, net::OnOutcome done) {
    entries_.at(name).running->invoke(std::move(invocation), std::move(done));
}

void RunningFunctions::invoke_streamed(const std::string& name, lambda::Invocation&& invocation,
                                       std::shared_ptr<net::StreamSink> sink) {
    entries_.at(name).running->invoke_streamed(std::move(invocation), std::move(sink));
}

void RunningFunctions::replace(const std::vector<app::Function>& functions, const std::set<std::string>& rebuilt,
                               OnReplaced done) {
    replacement_ = std::make_shared<Replacement>();
    const auto replacement = replacement_;
    replacement->done = std::move(done);
    std::vector<std::pair<std::string, std::shared_ptr<RunningFunction>>> fresh;
    for (const app::Function& function : functions) {
        const auto old = entries_.find(function.name);
        const bool stays =
            old != entries_.end() && old->second.function == function && !rebuilt.contains(function.name);
        auto running = stays ? old->second.running : make_(function);
        if (!stays) {
            fresh.emplace_back(function.name, running);
            replacement->warming.insert(function.name);
        }
        replacement->entries[function.name] = {function, std::move(running)};
    }
    if (fresh.empty()) return take_over();
    for (const auto& [name, running] : fresh)
        running->warm_up([this, name = name](bool succeeded) { on_warm(name, succeeded); });
}

void RunningFunctions::on_warm(const std::string& name, bool succeeded) {
    if (!replacement_ || replacement_->warming.erase(name) == 0) return;
    if (!succeeded) replacement_->failed.push_back(name);
    if (replacement_->warming.empty()) take_over();
}

void RunningFunctions::take_over() {
    const auto replacement = std::exchange(replacement_, nullptr);
    Entries leaving = std::move(replacement->entries);
    if (replacement->failed.empty()) std::swap(leaving, entries_);
    for (auto& [name, entry] : leaving) {
        const auto kept = entries_.find(name);
        if (kept == entries_.end() || kept->second.running != entry.running) retire(entry.running);
    }
    replacement->done(replacement->failed);
}

void RunningFunctions::retire(const std::shared_ptr<RunningFunction>& function) {
    retiring_.push_back(function);
    function->retire([this, leaving = std::weak_ptr(function)] {
        const auto retired = leaving.lock();
        if (!retired) return;
        retired->stop();
        std::erase(retiring_, retired);
    });
}

void RunningFunctions::stop() {
    if (const auto replacement = std::exchange(replacement_, nullptr)) {
        for (auto& [name, entry] : replacement->entries) entry.running->stop();
    }
    for (auto& [name, entry] : entries_) entry.running->stop();
    for (const auto& function : std::exchange(retiring_, {})) function->stop();
}

}  // namespace understudy
