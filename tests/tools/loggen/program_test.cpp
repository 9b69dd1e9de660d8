// The program as a user calls it.

#include "tools/loggen/log_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace understudy::loggen {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Ran {
    int exit_code = -1;
    std::string output;  // stdout and stderr
};

class LoggenTest : public ::testing::Test {
  protected:
    LoggenTest() {
        std::string name = (std::filesystem::temp_directory_path() / "loggen-test-XXXXXX").string();
        if (::mkdtemp(name.data())) folder = name;
    }
    ~LoggenTest() override { std::filesystem::remove_all(folder); }

    Ran run(const std::string& arguments) const {
        const std::string command = std::string(UNDERSTUDY_PROGRAM_DIR) + "/loggen " + arguments + " 2>&1";
        std::FILE* pipe = ::popen(command.c_str(), "r");
        if (!pipe) return {};
        Ran ran;
        char buffer[4096];
        while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, pipe)) ran.output.append(buffer, count);
        const int status = ::pclose(pipe);
        if (WIFEXITED(status)) ran.exit_code = WEXITSTATUS(status);
        return ran;
    }
    std::string read(const std::string& name) const {
        std::ifstream file(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::filesystem::path folder;
};

TEST_F(LoggenTest, WritesOneFileADayAndSaysWhat) {
    const std::filesystem::path logs = folder / "a/b";
    const Ran ran = run("--out " + logs.string() + " --days 2 --size 300KB --start 2026-01-31T12:00:00Z");
    EXPECT_EQ(ran.exit_code, 0);
    EXPECT_THAT(ran.output, HasSubstr(", 2026-01-31T12:00:00.000Z to 2026-02-02T11:5"));
    EXPECT_THAT(ran.output, HasSubstr(", in 3 files of " + logs.string() + "\n"));
    std::uintmax_t size = 0;
    for (const char* day : {"2026-01-31", "2026-02-01", "2026-02-02"}) {
        size += std::filesystem::file_size(logs / ("LogFileGenerator." + std::string(day) + ".log"));
        EXPECT_TRUE(read("a/b/LogFileGenerator." + std::string(day) + ".log").ends_with('\n'));
    }
    EXPECT_GE(size, 300'000u);
    EXPECT_LT(size, 300'300u);
    EXPECT_THAT(read("a/b/LogFileGenerator.2026-01-31.log"), StartsWith("12:00:00.000 [main] INFO  "));
    EXPECT_THAT(read("a/b/LogFileGenerator.2026-02-01.log"), StartsWith("00:00:"));
}

TEST_F(LoggenTest, AFileOverTheSizeOfTheBufferIsWhole) {
    EXPECT_EQ(run("--out " + folder.string() + " --size 3MB --days 1").exit_code, 0);
    Generator generator({.start = std::chrono::sys_days(std::chrono::year(2026) / 1 / 5),
                         .bytes = 3'000'000,
                         .days = std::chrono::days(1)});
    std::string expected;
    while (!generator.finished()) generator.append_next(expected);
    EXPECT_TRUE(read("LogFileGenerator.2026-01-05.log") == expected);
}

TEST_F(LoggenTest, DoesNotOverwriteUnlessTold) {
    const std::string arguments = "--out " + folder.string() + " --count 1";
    std::ofstream(folder / "LogFileGenerator.2026-01-05.log") << "precious";
    const Ran refused = run(arguments);
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_THAT(refused.output, HasSubstr("loggen: will not overwrite " + folder.string()));
    EXPECT_THAT(refused.output, HasSubstr("--overwrite"));
    EXPECT_EQ(read("LogFileGenerator.2026-01-05.log"), "precious");
    EXPECT_EQ(run(arguments + " --overwrite").output,
              "1 message, 75 bytes, 2026-01-05T00:00:00.000Z to 2026-01-05T00:00:00.000Z, in 1 file of " +
                  folder.string() + "\n");
    EXPECT_THAT(read("LogFileGenerator.2026-01-05.log"), StartsWith("00:00:00.000 "));
}

TEST_F(LoggenTest, AStandardOutputThatIsClosedIsToldBeforeAFileTakesItsPlace) {
    const std::string command = std::string(UNDERSTUDY_PROGRAM_DIR) + "/loggen --out " + (folder / "logs").string() +
                                " --count 1 >&- 2>" + (folder / "said").string();
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
    EXPECT_EQ(read("said"), "loggen: standard output is closed; '>/dev/null' is for words that nobody reads\n");
    EXPECT_FALSE(std::filesystem::exists(folder / "logs"));
}

TEST_F(LoggenTest, WrongArgumentsAreNamedAndEndWithOne) {
    const std::string out = "--out " + folder.string() + " ";
    const std::pair<std::string, std::string> cases[] = {
        {"", "loggen: --out is required: the folder to write to\n'loggen --help' lists the options\n"},
        {"--out ''", "loggen: --out is required"},
        {"--out= --days 3", "loggen: --out is required"},
        {"--ou x", "loggen: there is no option '--ou'; did you mean '--out'?\n"},
        {out + "--start yesterday", "loggen: --start: 'yesterday' is no time such as 2026-01-05T10:00:00Z"},
        {out + "--size 1XB", "--size: '1XB' is no size such as"},
        {out + "--count 0", "--count: '0' is no whole number above 0"},
        {out + "--days 1.5", "--days: '1.5' is no whole number above 0"},
        {out + "--seed x", "--seed: 'x' is no whole number such as 42"},
        {out + "--size 1MB --count 3", "--size excludes --count"},
        {out + "--line-end cr", "--line-end: 'cr' is neither lf nor crlf"},
        {out + "--bogus", "loggen: there is no option '--bogus'\n'loggen --help' lists the options\n"},
        {out + "--cuont=3", "there is no option '--cuont'; did you mean '--count'?\n"},
        {out + "10MB", "unexpected argument '10MB'\n"},
        {"--out /proc/no/such/folder", "loggen: cannot create the folder /proc/no/such/folder"},
        {"--out /dev/null", "loggen: "},
    };
    for (const auto& [arguments, message] : cases) {
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.exit_code, 1) << arguments;
        EXPECT_THAT(ran.output, HasSubstr(message));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST_F(LoggenTest, AFullDiskIsAnError) {
    std::filesystem::create_symlink("/dev/full", folder / "LogFileGenerator.2026-01-05.log");
    const Ran ran = run("--out " + folder.string() + " --overwrite");
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_THAT(ran.output, HasSubstr("LogFileGenerator.2026-01-05.log: No space left on device"));
}

TEST_F(LoggenTest, HelpShowsExamples) {
    const Ran ran = run("--help");
    EXPECT_EQ(ran.exit_code, 0);
    EXPECT_THAT(ran.output, HasSubstr("loggen --out logs --size 1GB --days 1"));
    EXPECT_THAT(run("--version").output, ::testing::MatchesRegex("loggen [0-9.]+\n"));
}

TEST_F(LoggenTest, WordsThatCannotBeWrittenAreAFailure) {
    const std::string logs = " --out " + (folder / "logs").string();
    for (const std::string& words : {std::string("--help"), std::string("--version"), logs}) {
        const Ran ran = run(words + " 2>&1 >/dev/full #");
        EXPECT_EQ(ran.exit_code, 1) << words;
        EXPECT_EQ(ran.output, "loggen: cannot write to standard output: No space left on device\n") << words;
    }
}

}  // namespace
}  // namespace understudy::loggen
