#include "recorder/supervision.hpp"

#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>

#include "recorder/clock.hpp"
#include "recorder/journal.hpp"
#include "recorder/line_output.hpp"
#include "recorder/relay.hpp"

namespace understudy::recorder {
namespace {

constexpr const char* kApiVariable = "AWS_LAMBDA_RUNTIME_API=";
/// How long what a function has written is passed on after its end.
constexpr std::chrono::milliseconds kLongestDrain{500};
constexpr int kNotFound = 127, kNotRunnable = 126;

/// The signals that are passed on; those that tell of this process's own faults stay as they are.
sigset_t passed_on() {
    sigset_t set;
    ::sigfillset(&set);
    for (const int own :
         {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT})
        ::sigdelset(&set, own);
    return set;
}

std::uint64_t draw() {
    std::uint64_t number = 0;
    if (::getrandom(&number, sizeof number, 0) != sizeof number)
        number = static_cast<std::uint64_t>(read_clocks().steady.count());
    return number;
}

/// The function with the relay's address in place of the API's; a prefix behind the address stays.
Command redirect(const Command& function, std::uint16_t port) {
    Command redirected = function;
    for (std::string& variable : redirected.environment) {
        if (!variable.starts_with(kApiVariable)) continue;
        const auto slash = std::min(variable.find('/'), variable.size());
        variable = kApiVariable + ("127.0.0.1:" + std::to_string(port)) + variable.substr(slash);
    }
    return redirected;
}

class Supervision {
  public:
    Supervision(Relay& relay, Journal& journal, pid_t child, int signals)
        : relay_(relay), journal_(journal), child_(child), signals_(signals) {}

    /// Returns how the child ended, as waitpid says it.
    int run() {
        while (!has_ended_) step(wait_time());
        const auto until = read_clocks().steady + kLongestDrain;
        for (auto left = kLongestDrain; !relay_.is_done() && left.count() > 0;) {
            step(static_cast<int>(left.count()));
            left = std::chrono::duration_cast<std::chrono::milliseconds>(until - read_clocks().steady);
        }
        quietly([this] { end_journal(); });
        return status_;
    }

  private:
    /// Whatever goes wrong with the record, the function goes on.
    template <class Act>
    static void quietly(Act act) {
        try {
            act();
        } catch (const std::exception&) {
        }
    }

    void end_journal() {
        if (was_told_to_stop_) return journal_.on_stop("the function was told to stop", read_clocks());
        journal_.on_exit(describe_end(status_), read_clocks());
    }

    /// Milliseconds for poll: until the journal wants to be asked; -1: for ever.
    int wait_time() const {
        const auto next = journal_.next_time();
        if (!next) return -1;
        constexpr std::int64_t kMost = 1'000'000'000;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - read_clocks().wall);
        return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, kMost));
    }

    void step(int wait) {
        waits_.clear();
        relay_.collect(waits_);
        waits_.push_back({signals_, POLLIN, 0});
        if (::poll(waits_.data(), waits_.size(), wait) < 0 && errno != EINTR) return;
        relay_.perform({waits_.data(), waits_.size() - 1});
        if (waits_.back().revents != 0) read_signals();
        quietly([this] {
            if (journal_.next_time()) journal_.on_time(read_clocks());
        });
    }

    void read_signals() {
        signalfd_siginfo signal{};
        while (::read(signals_, &signal, sizeof signal) == sizeof signal) {
            const int number = static_cast<int>(signal.ssi_signo);
            if (number == SIGCHLD) {
                has_ended_ = has_ended_ || ::waitpid(child_, &status_, WNOHANG) == child_;
            } else if (number != SIGPIPE && !has_ended_) {
                was_told_to_stop_ = was_told_to_stop_ || number == SIGTERM || number == SIGINT;
                ::kill(-child_, number);
            }
        }
    }

    Relay& relay_;
    Journal& journal_;
    pid_t child_;
    int signals_;
    int status_ = 0;
    bool has_ended_ = false;
    bool was_told_to_stop_ = false;
    std::vector<pollfd> waits_;
};

[[noreturn]] void give_up(const Command& function) {
    const int error = errno;
    std::fprintf(stderr, "understudy-recorder: cannot run %s: %s\n", function.words.front().c_str(),
                 std::strerror(error));
    ::_exit(error == ENOENT ? kNotFound : kNotRunnable);
}

}  // namespace

void supervise(const Command& function, const sockaddr_in& api, const Settings& settings) {
    LineOutput output(settings.file);
    if (!output.is_open()) return;
    Journal journal(
        settings, [&output](std::string_view name, std::string_view line) { output.write(name, line); }, draw);
    Relay relay(api, journal);
    const auto port = relay.listen();
    const sigset_t blocked = passed_on();
    sigset_t before;
    const int signals = ::signalfd(-1, &blocked, SFD_CLOEXEC | SFD_NONBLOCK);
    if (!port || signals < 0 || ::sigprocmask(SIG_BLOCK, &blocked, &before) != 0) return;
    bool ran = false;
    const auto child = start_child(redirect(function, *port), before, &ran);
    if (!child) {
        const int reason = errno;
        ::sigprocmask(SIG_SETMASK, &before, nullptr);
        errno = reason;
        if (reason == EAGAIN || reason == ENOMEM || reason == EMFILE || reason == ENFILE) return;
        give_up(function);
    }
    // From here on there are two of us: nothing may lead back to where the function is run without a recorder.
    [&]() noexcept { end_as(Supervision(relay, journal, *child, signals).run()); }();
}

}  // namespace understudy::recorder
