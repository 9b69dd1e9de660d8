#include "emulator/process/orphans.hpp"

#include "emulator/process/descendants.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace understudy::process {
namespace {

/// Rounds in which our children are looked for and killed before we give up: what an orphan starts while it is looked
/// for becomes ours when it is killed, so that something that always forks once more would go on for ever.
constexpr int kMostTakings = 8;

bool has_ended(pid_t child) {
    siginfo_t info{};
    const int kLookOnly = WEXITED | WNOHANG | WNOWAIT;
    return ::waitid(P_PID, static_cast<id_t>(child), &info, kLookOnly) == 0 && info.si_pid == child;
}

void wait_for(pid_t child) {
    ::waitpid(child, nullptr, WNOHANG);
}

}  // namespace

Orphans::Orphans() : strangers_(find_children(::getpid())) {
    ::prctl(PR_GET_CHILD_SUBREAPER, &before_);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

Orphans::~Orphans() {
    for (int taking = 0; taking < kMostTakings; ++taking) {
        std::vector<pid_t> orphans = find_children(::getpid());
        std::erase_if(orphans,
                      [this](pid_t child) { return std::ranges::find(strangers_, child) != strangers_.end(); });
        if (orphans.empty()) break;
        Processes doomed;
        for (const pid_t orphan : orphans) {
            doomed.push_back(hold(orphan));
            std::ranges::move(find_descendants(orphan), std::back_inserter(doomed));
        }
        kill_all(doomed);
        std::ranges::for_each(orphans, wait_for);
    }
    ::prctl(PR_SET_CHILD_SUBREAPER, before_);
}

bool Orphans::reap() {
    std::vector<pid_t> ended;
    for (const pid_t child : find_children(::getpid())) {
        if (std::ranges::find(strangers_, child) != strangers_.end() || !has_ended(child)) continue;
        if (std::ranges::find(seen_ended_, child) != seen_ended_.end()) {
            wait_for(child);
        } else {
            ended.push_back(child);
        }
    }
    seen_ended_ = std::move(ended);
    return !seen_ended_.empty();
}

}  // namespace understudy::process
