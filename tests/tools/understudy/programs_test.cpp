// The program itself: what it prints, where, and with which exit code it ends.
#include "tests/support/program.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern char** environ;

namespace {

using testing::HasSubstr;
using understudy::test::read_file;
using understudy::test::TempFolder;

const std::string kProgram = UNDERSTUDY_PROGRAM_DIR "/understudy";
const std::string kHandler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";

/// A run of the program with its output in files.
class Program {
  public:
    explicit Program(std::vector<std::string> words) {
        char name[] = "/tmp/understudy-test-XXXXXX";
        directory_ = ::mkdtemp(name);
        words.insert(words.begin(), kProgram);
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&actions, 2, (directory_ / "err").c_str(), O_WRONLY | O_CREAT, 0600);
        if (::pipe(pipe_) != 0) throw std::runtime_error("pipe");
        ::posix_spawn_file_actions_adddup2(&actions, pipe_[1], 1);
        ::posix_spawn_file_actions_addclose(&actions, pipe_[0]);
        EXPECT_EQ(::posix_spawn(&pid_, kProgram.c_str(), &actions, nullptr, arguments.data(), environ), 0);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(pipe_[1]);
    }
    ~Program() {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            wait();
        }
        ::close(pipe_[0]);
        std::filesystem::remove_all(directory_);
    }

    /// The first line on stdout; waits for it.
    std::string read_line() {
        std::string line;
        for (char byte; ::read(pipe_[0], &byte, 1) == 1 && byte != '\n';) line += byte;
        return line;
    }
    /// All of stdout, until the program ends.
    std::string read_rest() {
        std::string text;
        for (char byte; ::read(pipe_[0], &byte, 1) == 1;) text += byte;
        return text;
    }
    void send(int signal) const { ::kill(pid_, signal); }
    int wait() {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    std::string err() const { return read_file(directory_ / "err"); }
    const std::filesystem::path& directory() const { return directory_; }

  private:
    std::filesystem::path directory_;
    pid_t pid_ = -1;
    int pipe_[2] = {-1, -1};
};

TEST(Programs, ServeSaysWhereItAnswersAndStopsInOrder) {
    for (const int signal : {SIGINT, SIGTERM}) {
        Program run({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler});
        const auto ready = boost::json::parse(run.read_line()).as_object();
        EXPECT_THAT(std::string(ready.at("gateway").as_string()), HasSubstr("http://127.0.0.1:"));
        EXPECT_EQ(ready.at("functions").as_array().at(0).at("name").as_string(), "function");
        run.send(signal);
        EXPECT_EQ(run.wait(), 0);
        EXPECT_THAT(run.err(), HasSubstr("HTTP API    http://127.0.0.1:"));
    }
}

TEST(Programs, AReadyFileHoldsTheSameLineWhileItServes) {
    TempFolder folder;
    const std::string file = folder.file("ready.json");
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--ready-file", file, "--", kHandler});
    const std::string line = run.read_line();
    EXPECT_EQ(read_file(file), line + '\n');
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_EQ(run.err(), "");
}

TEST(Programs, ATakenPortNamesTheFlagThatChangesIt) {
    Program first({"serve", "--port", "0", "--lambda-port", "0", "--", kHandler});
    const auto ready = boost::json::parse(first.read_line()).as_object();
    const std::string url(ready.at("gateway").as_string());
    Program second({"serve", "--port", url.substr(url.rfind(':') + 1), "--lambda-port", "0", "--", kHandler});
    EXPECT_EQ(second.wait(), 1);
    EXPECT_THAT(second.err(), HasSubstr("--port"));
}

TEST(Programs, AMissingCommandIsReportedAtOnce) {
    Program run({"serve", "--port", "0", "--lambda-port", "0", "--", "./no-such-bootstrap"});
    run.read_line();
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    EXPECT_THAT(run.err(), HasSubstr("no-such-bootstrap"));
}

TEST(Programs, InvokePutsTheResultOnStdoutAndTheLogOnStderr) {
    TempFolder folder;
    const std::string event = folder.write("understudy-event.json", R"({"do":"log"})");
    Program run({"invoke", "-e", event, "--", kHandler});
    EXPECT_EQ(run.read_rest(), "\"logged\"\n");
    EXPECT_EQ(run.wait(), 0);
    EXPECT_THAT(run.err(), HasSubstr("to stdout"));
    EXPECT_THAT(run.err(), HasSubstr("START RequestId: "));
    EXPECT_THAT(run.err(), HasSubstr("REPORT RequestId: "));
}

TEST(Programs, InvokeEndsWith4WhereTheFunctionFails) {
    TempFolder folder;
    const std::string event = folder.write("understudy-failing.json", R"({"do":"throw"})");
    Program run({"invoke", "-e", event, "--", kHandler});
    EXPECT_THAT(run.read_rest(), HasSubstr("as ordered"));
    EXPECT_EQ(run.wait(), 4);
}

TEST(Programs, InvokeNamesAnEventThatCannotBeUsed) {
    Program missing({"invoke", "-e", "/nowhere.json", "--", kHandler});
    EXPECT_EQ(missing.wait(), 1);
    EXPECT_THAT(missing.err(), HasSubstr("/nowhere.json"));
    TempFolder folder;
    const std::string event = folder.write("understudy-broken.json", "{\n\"a\": }");
    Program broken({"invoke", "-e", event, "--", kHandler});
    EXPECT_EQ(broken.wait(), 1);
    EXPECT_THAT(broken.err(), HasSubstr("understudy-broken.json:2"));
}

TEST(Programs, TestEndsWith2WhereAScenarioCannotBeReadAndShowsWhere) {
    Program run({"test", UNDERSTUDY_SOURCE_DIR "/scenarios/failing/unknown-key.yaml"});
    EXPECT_EQ(run.wait(), 2);
    EXPECT_THAT(run.err(), HasSubstr("did you mean 'fronts'?"));
    Program missing({"test", "/nowhere.yaml"});
    EXPECT_EQ(missing.wait(), 2);
    EXPECT_THAT(missing.err(), HasSubstr("/nowhere.yaml"));
}

/// A scenario of one call, in one file; the call is its fourth line.
std::string one_call(const std::string& command, const std::string& expectation) {
    return "name: x\nschema: { proto_files: [logquery/v1/logquery.proto], import_paths: [" UNDERSTUDY_SOURCE_DIR
           "/proto] }\napplication: { command: [" +
           command + "], fronts: [http] }\nsteps: [{ method: logquery.v1.LogQueryService/CheckWindow, request: {}" +
           expectation + " }]\n";
}

TEST(Programs, TestEndsWith3WhereTheProgramIsMissing) {
    TempFolder folder;
    Program run({"test", folder.write("missing.yaml", one_call("./no-such-bootstrap", ""))});
    EXPECT_THAT(run.read_rest(), HasSubstr("no-such-bootstrap"));
    EXPECT_EQ(run.wait(), 3);
}

TEST(Programs, TestEndsWith4WhereAnExpectationFailsAndShowsWhere) {
    TempFolder folder;
    const std::string text = one_call(kHandler, ", expect: { response: { found: true } }");
    Program run({"test", folder.write("expectation.yaml", text)});
    EXPECT_THAT(run.read_rest(), HasSubstr("expectation.yaml:4"));
    EXPECT_EQ(run.wait(), 4);
}

TEST(Programs, TestCanGoAgainstWhatRunsElsewhere) {
    Program served({"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--", kHandler});
    const std::string url(boost::json::parse(served.read_line()).as_object().at("gateway").as_string());
    TempFolder folder;
    const std::string file = folder.write(
        "elsewhere.yaml", one_call("./no-such-bootstrap", ", expect: { code: '${code}', event: { never: seen } }"));
    Program run({"test", file, "--against", url + "/", "--var", "code=ok"});
    EXPECT_THAT(run.read_rest(), HasSubstr("x  " + url));
    EXPECT_EQ(run.wait(), 4);
    Program unknown({"test", file, "--against", url});
    EXPECT_EQ(unknown.wait(), 2);
    EXPECT_THAT(unknown.err(), HasSubstr("there is no variable 'code'"));
    served.send(SIGTERM);
    EXPECT_EQ(served.wait(), 0);
}

TEST(Programs, UsageErrorsEndWith1AndHelpWith0) {
    Program wrong({"serve", "--nonsense"});
    EXPECT_EQ(wrong.wait(), 1);
    Program help({"--help"});
    EXPECT_THAT(help.read_rest(), HasSubstr("serve"));
    EXPECT_EQ(help.wait(), 0);
}

}  // namespace
