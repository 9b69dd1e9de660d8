// `understudy test` as people run it: side by side, in parts, interrupted and watching.
#include "tests/support/count_of.hpp"
#include "tests/tools/understudy/running_program.hpp"
#include "tools/understudy/durations_file.hpp"
#include "tools/understudy/progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace understudy::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kScripted = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";

/// Scenario files of one call each, in a folder of their own.
class ScenarioFolder {
  public:
    ScenarioFolder() {
        char name[] = "/tmp/understudy-scenarios-XXXXXX";
        path_ = ::mkdtemp(name);
    }
    ~ScenarioFolder() { fs::remove_all(path_); }
    ScenarioFolder(const ScenarioFolder&) = delete;
    ScenarioFolder& operator=(const ScenarioFolder&) = delete;

    /// The handler does what is ordered; `expect` is a flow mapping, `lines` are further lines of the scenario.
    void write(const std::string& name, const std::string& order, const std::string& expect = "{}",
               const std::string& lines = "", const std::string& program = kScripted) const {
        std::ofstream(file(name)) << "name: " << name << "\napplication: { command: [" << program
                                  << "], timeout: 60s, fronts: [http, rest] }\nsteps: [{ http: { target: '/?do="
                                  << order << "' }, expect: " << expect << " }]\n"
                                  << lines;
    }
    std::string file(const std::string& name) const { return path_ + '/' + name + ".yaml"; }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// A pipe with a name, whose lines are waited for.
class TextPipe {
  public:
    explicit TextPipe(std::string path) : path_(std::move(path)) {
        EXPECT_EQ(::mkfifo(path_.c_str(), 0600), 0);
        descriptor_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);  // So that it never ends.
    }
    ~TextPipe() { ::close(descriptor_); }
    TextPipe(const TextPipe&) = delete;
    TextPipe& operator=(const TextPipe&) = delete;

    std::string read_line() const {
        std::string line;
        for (char byte; ::read(descriptor_, &byte, 1) == 1 && byte != '\n';) line += byte;
        return line;
    }
    int descriptor() const { return descriptor_; }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
    int descriptor_ = -1;
};

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// The names and fronts of runs that are told, in order.
std::vector<std::string> runs_of(const std::string& out) {
    std::vector<std::string> runs;
    for (const auto& line : lines_of(out)) {
        if (line.starts_with("✓ ")) runs.push_back(line.substr(4, line.rfind("  ") - 4));
    }
    return runs;
}

TEST(TestCommand, RunsSideBySideAreToldInOrder) {
    const ScenarioFolder folder;
    std::vector<std::string> expected;
    for (const auto* name : {"a", "b", "c", "d", "e"}) {
        folder.write(name, "show");
        for (const auto* front : {"http", "rest"}) expected.push_back(std::string(name) + "  " + front);
    }
    for (const auto* jobs : {"1", "4"}) {
        RunningProgram run({"test", folder.path(), "-j", jobs});
        const auto out = run.read_rest();
        EXPECT_EQ(run.wait(), 0) << out << run.err();
        EXPECT_EQ(runs_of(out), expected);
        EXPECT_THAT(out, HasSubstr("10 runs of 5 scenarios: 10 passed ("));
        EXPECT_EQ(run.err(), "");
    }
}

// REPORT tells the duration of an init where there was one.
TEST(TestCommand, EqualApplicationsAreWarmAndIsolatedOnesCold) {
    const ScenarioFolder folder;
    const std::string cold = "{ logs: [Init Duration] }", warm = "{ logs_without: [Init Duration] }";
    folder.write("a", "show", cold);
    folder.write("b", "show", warm);
    folder.write("c", "show", cold, "isolate: true\n");
    folder.write("d", "show", warm);
    folder.write("e", "show", "{ invocation: { init_type: cold } }");
    RunningProgram run({"test", folder.path(), "-j", "1", "--filter", "http"});
    const auto out = run.read_rest();
    EXPECT_EQ(run.wait(), 0) << out;
}

TEST(TestCommand, EveryRunIsInOnePartAndDurationsAreKept) {
    const ScenarioFolder folder;
    for (const auto* name : {"a", "b", "c"}) folder.write(name, "show");
    const auto durations = folder.path() + "/.kept/durations.txt";
    std::vector<std::string> made;
    RunningProgram whole({"test", folder.path(), "--durations", durations});
    EXPECT_EQ(whole.wait(), 0);
    const auto written = read_file(durations);
    for (const auto* shard : {"1/2", "2/2"}) {
        RunningProgram run({"test", folder.path(), "--shard", shard, "--durations", durations});
        for (const auto& line : runs_of(run.read_rest())) made.push_back(line);
        EXPECT_EQ(run.wait(), 0);
    }
    std::sort(made.begin(), made.end());
    EXPECT_THAT(made, ElementsAre("a  http", "a  rest", "b  http", "b  rest", "c  http", "c  rest"));
    EXPECT_EQ(read_file(durations), written);  // Else the second part would not be the rest of the first.
    const auto kept = cli::DurationsFile(durations).read();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->size(), 6U);
    EXPECT_TRUE(kept->contains(folder.path() + "/a.yaml [http]"));
    std::ofstream(durations, std::ios::trunc).close();
    RunningProgram empty({"test", folder.path(), "--durations", durations});
    EXPECT_EQ(empty.wait(), 0) << empty.err();
    EXPECT_EQ(cli::DurationsFile(durations).read()->size(), kept->size());
    std::ofstream(durations) << "no json";
    RunningProgram broken({"test", folder.path(), "--durations", durations});
    EXPECT_EQ(broken.wait(), 1);
    EXPECT_THAT(broken.err(), HasSubstr("durations.txt"));
}

TEST(TestCommand, ATornUsualFileOfDurationsIsWrittenAnewAndOnlyAShardMissesIt) {
    const ScenarioFolder folder;
    folder.write("a", "show");
    const auto usual = folder.path() + "/.understudy/durations.json";
    std::filesystem::create_directory(folder.path() + "/.understudy");
    std::ofstream(usual) << "{";
    std::filesystem::current_path(folder.path());
    RunningProgram shard({"test", folder.path(), "--shard", "1/1"});
    EXPECT_EQ(shard.wait(), 1);
    RunningProgram run({"test", folder.path()});
    EXPECT_EQ(run.wait(), 0) << run.err();
    std::filesystem::current_path("/");
    const auto kept = cli::DurationsFile(usual).read();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->size(), 2U);
}

TEST(TestCommand, RunsAreListedWithoutBeingMade) {
    const ScenarioFolder folder;
    folder.write("a", "show", "{}", "tags: [slow]\n", "/no/such/program");
    folder.write("b", "show", "{}", "", "/no/such/program");
    RunningProgram run({"test", folder.path(), "--list", "--tag", "slow", "--filter", "rest"});
    EXPECT_EQ(run.read_rest(), "a [rest]\t" + folder.file("a") + ":1\tslow\n");
    EXPECT_EQ(run.wait(), 0);
    RunningProgram none({"test", folder.path(), "--tag", "fast"});
    EXPECT_EQ(none.wait(), 1);
    EXPECT_THAT(none.err(), HasSubstr("no run is chosen by --tag\n"));
}

// The function that has passed once goes on in the next run, and with it what it does wrong.
TEST(TestCommand, AdviceIsShownByEachRunThatItConcerns) {
    const ScenarioFolder folder;
    const std::string application = "application: { command: [" + kScripted +
                                    "], environment: { ORDER: reply, REPLY: '{\"statusCode\":200,\"body\":\"aGk=\","
                                    "\"isBase64Encoded\":true}' } }\n";
    std::ofstream(folder.file("a")) << application << "steps: [{ http: {} }]\n";
    std::ofstream(folder.file("b")) << application << "steps: [{ http: {}, expect: { http_status: 201 } }]\n";
    RunningProgram run({"test", folder.path(), "-j", "1"});
    const auto out = run.read_rest();
    EXPECT_EQ(run.wait(), 4) << run.err();
    EXPECT_THAT(out, HasSubstr("hint      The reply is binary and has no Content-Type")) << out;
}

// Verdicts that nobody can read are no success.
TEST(TestCommand, ResultsThatTheDiskDoesNotTakeAreAnError) {
    const ScenarioFolder folder;
    folder.write("a", "show");
    const std::vector<std::vector<std::string>> to_stdout = {{"test", folder.path()},
                                                             {"test", folder.path(), "--tap"},
                                                             {"test", folder.path(), "--list"},
                                                             {"test", folder.path(), "--json", "-"},
                                                             {"test", folder.path(), "--junit", "-"}};
    for (const auto& words : to_stdout) {
        RunningProgram run(words, -1, "/dev/full");
        EXPECT_EQ(run.wait(), 3) << words.back();
        EXPECT_THAT(run.err(), HasSubstr("cannot write to standard output: No space left on device")) << words.back();
    }
    for (const auto* report : {"--junit", "--json", "--html"}) {
        RunningProgram run({"test", folder.path(), report, "/dev/full"});
        EXPECT_EQ(run.wait(), 3) << report;
        EXPECT_THAT(run.err(), HasSubstr("cannot write '/dev/full': No space left on device")) << report;
    }
    RunningProgram run({"test", folder.path(), "--durations", folder.file("a") + "/d.json"});
    EXPECT_EQ(run.wait(), 3);
    EXPECT_THAT(run.err(), HasSubstr("/d.json': Not a directory"));
}

TEST(TestCommand, WordsThatTheDiskDoesNotTakeAreAnErrorOfEveryCommand) {
    const std::vector<std::vector<std::string>> all = {
        {"--help"}, {"--version"}, {"serve", "--help"}, {"schema"}, {"completion", "bash"}};
    for (const auto& words : all) {
        RunningProgram run(words, -1, "/dev/full");
        EXPECT_EQ(run.wait(), 3) << words.front();
        EXPECT_EQ(run.err(), "understudy: cannot write to standard output: No space left on device\n") << words.front();
    }
}

TEST(TestCommand, AReaderWhoWentAwayIsNoErrorOfAnyCommand) {
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"--help"}, {"schema"}, {"completion", "bash"}, {"event", "rest"}, {"explain", "GET", "/"}}) {
        RunningProgram run(words);
        run.close_out();
        run.wait();
        EXPECT_EQ(run.err(), "") << words.front();
    }
}

TEST(TestCommand, AStandardOutputThatIsClosedIsToldAsSuch) {
    const ScenarioFolder folder;
    folder.write("a", "show");
    for (const std::string& words : {"test --list '" + folder.path() + '\'', std::string("schema")}) {
        const auto ended =
            test::run_file("/bin/sh", {"-c", "\"$0\" " + words + " >&-", UNDERSTUDY_PROGRAM_DIR "/understudy"},
                           {"PATH=/usr/bin:/bin"});
        EXPECT_EQ(ended.exit_code, 3) << words;
        EXPECT_THAT(ended.err, HasSubstr("standard output is closed\n")) << words;
    }
}

// As `understudy test | head` has it.
TEST(TestCommand, AReaderWhoWentAwayDoesNotChangeTheVerdict) {
    const ScenarioFolder folder;
    folder.write("a", "show");
    RunningProgram passed({"test", folder.path()});
    passed.close_out();
    EXPECT_EQ(passed.wait(), 0);
    EXPECT_EQ(passed.err(), "");
    folder.write("b", "show", "{ http_status: 201 }");
    RunningProgram failed({"test", folder.path()});
    failed.close_out();
    EXPECT_EQ(failed.wait(), 4);
}

TEST(TestCommand, AnInterruptEndsAllWorkersAndLeavesNothingBehind) {
    const ScenarioFolder folder;
    const TextPipe begun(folder.path() + "/begun");
    for (const auto* name : {"a", "b", "c"})
        folder.write(name, "hang", "{}", "files: [{ path: x, text: y }]\n",
                     "/bin/sh, -c, \"echo $$ >" + begun.path() + "; TMPDIR= exec " + kScripted + "\"");
    ::setenv("TMPDIR", folder.path().c_str(), 1);
    RunningProgram run({"test", folder.path(), "-j", "2"});
    ::unsetenv("TMPDIR");
    const std::vector<std::string> handlers = {begun.read_line(), begun.read_line()};
    run.send(SIGINT);
    const auto out = run.read_rest();
    EXPECT_EQ(run.wait(), 130);
    EXPECT_THAT(out, HasSubstr("interrupted\n0 runs of 0 scenarios: 0 passed, 6 not run ("));
    for (const auto& handler : handlers) EXPECT_NE(::kill(std::stoi(handler), 0), 0) << handler;
    for (const auto& entry : fs::directory_iterator(folder.path()))
        EXPECT_FALSE(entry.path().filename().string().starts_with("understudy-")) << entry.path();
}

/// A line of a program's output that begins so; waits for it.
std::string wait_for_line(RunningProgram& run, const std::string& begin) {
    constexpr int kMostLines = 1000;  // Behind the end there are empty ones for ever.
    for (int i = 0; i < kMostLines; ++i) {
        auto line = run.read_line();
        if (line.starts_with(begin)) return line;
    }
    return {};
}

TEST(TestCommand, AChangedFileIsRunAgainAndNoOther) {
    const ScenarioFolder folder;
    folder.write("a", "show");
    folder.write("b", "show");
    const TextPipe err(folder.path() + "/err");
    RunningProgram run({"test", folder.path(), "--watch"}, err.descriptor());
    EXPECT_THAT(wait_for_line(run, "4 runs"), HasSubstr("4 runs of 2 scenarios: 4 passed"));
    while (err.read_line().find("waiting for changes") == std::string::npos) continue;
    folder.write("b", "show", "{ http_status: 201 }");
    EXPECT_THAT(wait_for_line(run, "✗ "), HasSubstr("b  http"));
    EXPECT_THAT(wait_for_line(run, "2 runs"), HasSubstr("2 runs of 1 scenario: 0 passed, 2 failed"));
    folder.write("c", "show");
    EXPECT_THAT(wait_for_line(run, "2 runs"), HasSubstr("2 runs of 1 scenario: 2 passed"));
    run.send(SIGINT);
    EXPECT_EQ(run.wait(), 130);
}

TEST(TestCommand, DaemonsThatEndDoNotGatherWhileChangesAreAwaited) {
    const ScenarioFolder folder;
    const ScenarioFolder elsewhere;  // What is written there is no change.
    const std::string pids = elsewhere.path() + "/pids";
    const std::string command = "/bin/sh, -c, \"/usr/bin/env -i /usr/bin/setsid -f /bin/sh -c 'echo $$ >>" + pids +
                                "'; while [ ! -s " + pids + " ]; do :; done; exec " + kScripted + "\"";
    const TextPipe err(folder.path() + "/err");
    folder.write("a", "show", "{}", "", command);
    RunningProgram run({"test", folder.path(), "--watch"}, err.descriptor());
    const auto wait_for_round = [&] {
        while (err.read_line().find("waiting for changes") == std::string::npos) continue;
    };
    // The daemon of the first round has ended by the end of the second, and what is seen ended goes a round later.
    wait_for_round();
    for (const auto* expected : {"{ http_status: 200 }", "{}"}) {
        folder.write("a", "show", expected, "", command);
        wait_for_round();
    }
    pid_t daemon = 0;
    ASSERT_TRUE(std::ifstream(pids) >> daemon);
    EXPECT_EQ(::kill(daemon, 0), -1) << "it is kept";
    run.send(SIGINT);
    EXPECT_EQ(run.wait(), 130);
}

TEST(TestCommand, AllThatIsWrongWithATemplateIsToldOnce) {
    const ScenarioFolder folder;
    std::ofstream(folder.file("template"))
        << "Resources:\n"
           "  F: {Type: AWS::Serverless::Function, Properties: {CodeUri: ., A: 1}}\n"
           "  G: {Type: AWS::Serverless::Function, Properties: {CodeUri: ., B: 1}}\n"
           "  H: {Type: AWS::Serverless::Function, Properties: {CodeUri: ., C: 1}}\n";
    for (const auto* name : {"one", "two"})
        std::ofstream(folder.file(name)) << "name: " << name << "\napplication: { template: template.yaml }\n"
                                         << "steps: [{ http: {} }]\n";
    RunningProgram run({"test", folder.file("one"), folder.file("two"), "-j", "1"});
    const auto out = run.read_rest();
    EXPECT_EQ(run.wait(), 3) << run.err();
    EXPECT_EQ(count_of(out, "unknown property 'A' in Function 'F'"), 2U) << out;
    EXPECT_EQ(count_of(out, "unknown property 'B' in Function 'G'"), 1U) << out;
    EXPECT_EQ(count_of(out, "unknown property 'C' in Function 'H'"), 1U) << out;
    EXPECT_THAT(out, HasSubstr("4 |   H: {Type"));
    EXPECT_EQ(count_of(out, "3 errors\n"), 1U);
    EXPECT_EQ(count_of(out, "= note: the other 2 errors are shown above\n"), 1U) << out;
}

TEST(TestCommand, RepeatsEndWithTheFirstFailure) {
    const ScenarioFolder folder;
    folder.write("a", "exit3");
    RunningProgram run({"test", folder.path(), "--until-fail", "-j", "1"});
    EXPECT_THAT(run.read_rest(), HasSubstr("1 run of 1 scenario: 0 passed, 1 failed, 1 not run ("));
    EXPECT_EQ(run.wait(), 4);
    RunningProgram both({"test", folder.path(), "--until-fail", "--watch"});
    EXPECT_EQ(both.wait(), 1);
    EXPECT_THAT(both.err(), HasSubstr("--watch goes with none of"));
    RunningProgram wrong({"test", folder.path(), "--shard", "3/2"});
    EXPECT_EQ(wrong.wait(), 1);
    EXPECT_THAT(wrong.err(), HasSubstr("write 2/4 for the second of four, not '3/2'"));
}

TEST(Progress, IsOneLineOfTheTerminalsWidth) {
    EXPECT_EQ(cli::render_progress({12, 80, 3, "an order [rest]"}, 80), "12/80 · 3 failed · an order [rest]");
    EXPECT_EQ(cli::render_progress({0, 2, 0, ""}, 80), "0/2");
    EXPECT_EQ(cli::render_progress({7, 0, 0, "a"}, 80), "7 · a");
    EXPECT_EQ(cli::render_progress({1, 2, 0, "ä\nb"}, 8), "1/2 · ä?");
    EXPECT_EQ(cli::render_progress({1, 2, 0, "äöü"}, 7), "1/2 · ä");
}

}  // namespace
}  // namespace understudy::test
