#include "tools/understudy/start_terminal.hpp"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>

namespace understudy::cli {

StartTerminal::StartTerminal()
    : streams_{::isatty(STDIN_FILENO) == 1, ::isatty(STDOUT_FILENO) == 1, ::isatty(STDERR_FILENO) == 1} {}

bool StartTerminal::was_there() const {
    return std::ranges::any_of(streams_, [](bool terminal) { return terminal; });
}

bool StartTerminal::is_gone() const {
    for (int descriptor = 0; descriptor < static_cast<int>(streams_.size()); ++descriptor) {
        pollfd state{descriptor, 0, 0};
        if (!streams_.at(static_cast<std::size_t>(descriptor)) || ::poll(&state, 1, 0) < 1) continue;
        if ((state.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) return true;
    }
    return false;
}

bool ignores_hang_up() {
    struct sigaction action {};
    return ::sigaction(SIGHUP, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace understudy::cli
