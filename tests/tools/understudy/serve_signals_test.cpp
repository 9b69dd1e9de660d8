// What signals do to `understudy serve`, with and without a terminal.
#include "client/http_exchange.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::test {
namespace {

const std::string kServedHandler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";

/// A terminal with its window.
class Pseudoterminal {
  public:
    Pseudoterminal() : window_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        EXPECT_EQ(::grantpt(window_), 0);
        EXPECT_EQ(::unlockpt(window_), 0);
        terminal_ = ::open(::ptsname(window_), O_RDWR | O_NOCTTY | O_CLOEXEC);
    }
    ~Pseudoterminal() {
        ::close(terminal_);
        close_window();
    }
    Pseudoterminal(const Pseudoterminal&) = delete;
    Pseudoterminal& operator=(const Pseudoterminal&) = delete;

    int terminal() const { return terminal_; }
    void close_window() {
        if (window_ >= 0) ::close(std::exchange(window_, -1));
    }
    /// Whether these words come.
    bool shows(std::string_view words) const {
        std::string shown;
        for (char byte; shown.find(words) == std::string::npos; shown += byte) {
            if (::read(window_, &byte, 1) != 1) return false;
        }
        return true;
    }

  private:
    int window_;
    int terminal_ = -1;
};

std::vector<std::string> serve_command() {
    return {"serve", "--port", "0", "--lambda-port", "0", "--", kServedHandler};
}

/// Serves a file, which can be reloaded.
std::vector<std::string> serve_document(TempFolder& folder) {
    const std::string path = folder.write("api.yaml", "openapi: 3.0.1\ninfo: {title: T, version: '1'}\npaths: {}\n");
    return {"serve", "--port", "0", "--lambda-port", "0", "--openapi", path, "--", kServedHandler};
}

/// Runs with SIGHUP ignored, as `nohup` starts it.
RunningProgram run_by_nohup(std::vector<std::string> words) {
    struct sigaction ignored {};
    ignored.sa_handler = SIG_IGN;
    struct sigaction before {};
    EXPECT_EQ(::sigaction(SIGHUP, &ignored, &before), 0);
    struct Restored {
        const struct sigaction& action;
        ~Restored() { ::sigaction(SIGHUP, &action, nullptr); }
    } restored{before};
    return RunningProgram(std::move(words));
}

TEST(ServeSignals, AHangUpEndsACommandWhichHasNothingToReload) {
    RunningProgram run(serve_command());
    EXPECT_NE(run.read_line(), "");
    run.send(SIGHUP);
    EXPECT_EQ(run.wait(), 0) << run.err();
}

TEST(ServeSignals, AHangUpEndsAFileWhoseTerminalIsGone) {
    TempFolder folder;
    Pseudoterminal terminal;
    RunningProgram run(serve_document(folder), terminal.terminal());
    EXPECT_NE(run.read_line(), "");
    terminal.close_window();
    run.send(SIGHUP);
    EXPECT_EQ(run.wait(), 0);
}

TEST(ServeSignals, ATerminalThatGoesBehindTheHangUpEndsAFileToo) {
    TempFolder folder;
    Pseudoterminal terminal;
    RunningProgram run(serve_document(folder), terminal.terminal());
    EXPECT_NE(run.read_line(), "");
    run.send(SIGHUP);
    EXPECT_TRUE(terminal.shows("reloaded: "));
    terminal.close_window();
    EXPECT_EQ(run.wait(), 0);
}

TEST(ServeSignals, AStartThatIsEndedLeavesNoFolderBehind) {
    const ScratchFolder folder;
    const std::string path = folder.file("template.yaml");
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    const std::string temporary = folder.file("tmp");
    std::filesystem::create_directory(temporary);
    ::setenv("TMPDIR", temporary.c_str(), 1);
    RunningProgram run({"serve", "--port", "0", "--lambda-port", "0", path});
    ::unsetenv("TMPDIR");
    const int writer = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);  // Waits until it is read.
    EXPECT_FALSE(std::filesystem::is_empty(temporary));
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), -SIGTERM);
    EXPECT_TRUE(std::filesystem::is_empty(temporary));
    ::close(writer);
}

TEST(ServeSignals, NohupKeepsACommandServing) {
    RunningProgram run = run_by_nohup(serve_command());
    const auto ready = boost::json::parse(run.read_line());
    run.send(SIGHUP);
    for (int i = 0; i < 2; ++i) {
        client::HttpClient client(*client::parse_url(std::string(ready.at("gateway").as_string())));
        EXPECT_TRUE(client.exchange({"GET", "/", {}, {}}, std::chrono::seconds(60))) << run.err();
    }
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
}

}  // namespace
}  // namespace understudy::test
