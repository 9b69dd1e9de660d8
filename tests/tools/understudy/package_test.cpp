#include "tests/support/program.hpp"
#include "tools/understudy/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

constexpr const char* kHandler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";

/// A folder for packages.
struct PackageRoom {
    PackageRoom() { fs::create_directories(path); }
    ~PackageRoom() { fs::remove_all(path); }
    PackageRoom(const PackageRoom&) = delete;
    PackageRoom& operator=(const PackageRoom&) = delete;

    std::string write(const std::string& name, const std::string& bytes, mode_t mode) const {
        std::ofstream(path / name) << bytes;
        ::chmod((path / name).c_str(), mode);
        return path / name;
    }
    std::string file(const std::string& name) const { return path / name; }

    fs::path path = fs::path(testing::TempDir()) / ("package-" + std::to_string(::getpid()));
};

test::Ended run(std::vector<std::string> words) {
    return test::run_program("understudy", std::move(words), {"PATH=/usr/bin:/bin", "TMPDIR=" + testing::TempDir()});
}

Say refuse_words(std::vector<std::string> words) {
    words.insert(words.begin(), "understudy");
    const Command command = parse_command_line(words);
    EXPECT_TRUE(std::holds_alternative<Say>(command));
    return std::holds_alternative<Say>(command) ? std::get<Say>(command) : Say{};
}

TEST(PackageOptionsOfTheCommand, AreReadAndCompared) {
    const auto options = std::get<PackageOptions>(
        parse_command_line({"understudy", "package", "--record", "./a", "b", "c/", "-o", "fn.zip", "--arch", "arm64"}));
    EXPECT_EQ(options.program, "./a");
    EXPECT_EQ(options.others, (std::vector<std::string>{"b", "c/"}));
    EXPECT_EQ(options.zip, "fn.zip");
    EXPECT_TRUE(options.records);
    EXPECT_EQ(options.runtime.machine, package::Machine::arm64);
    EXPECT_THAT(refuse_words({"package", "./a"}).err, HasSubstr("--output"));
    EXPECT_THAT(refuse_words({"package", "-o", "x"}).err, HasSubstr("understudy package ./bootstrap -o x"));
    EXPECT_THAT(refuse_words({"package", "--layer", "-o", "x"}).err, HasSubstr("write --record --layer"));
    EXPECT_THAT(refuse_words({"package", "--layer", "--record", "a", "-o", "x"}).err, HasSubstr("leave 'a' out"));
    EXPECT_THAT(refuse_words({"package", "a", "--recorder", "r", "-o", "x"}).err, HasSubstr("--recorder goes with"));
    EXPECT_THAT(refuse_words({"check"}).err, HasSubstr("PATH"));
    EXPECT_THAT(refuse_words({"check", "a", "--runtime", "python3.12"}).err, HasSubstr("provided.al2023"));
}

TEST(CheckCommand, SaysWhatIsWrongByItsExitCode) {
    const PackageRoom room;
    const auto good = run({"check", room.write("bootstrap", "#!/bin/sh\n", 0755)});
    EXPECT_EQ(good.exit_code, 0) << good.err;
    EXPECT_THAT(good.out, HasSubstr("would start on provided.al2023\n"));
    const auto bad = run({"check", room.write("bad", "#!/usr/bin/python3\n", 0644), "--output", "json"});
    EXPECT_EQ(bad.exit_code, 4);
    EXPECT_THAT(bad.out, HasSubstr(R"("would_start":false)"));
    EXPECT_THAT(bad.out, HasSubstr(R"("rule":"mode")"));
    EXPECT_THAT(bad.out, HasSubstr(R"("rule":"interpreter")"));
    const auto none = run({"check", room.file("none")});
    EXPECT_EQ(none.exit_code, 1);
    EXPECT_THAT(none.err, HasSubstr("there is no such file or folder"));
}

TEST(PackageCommand, WaitsForNoPipe) {
    const PackageRoom room;
    const std::string program = room.write("handler", "#!/bin/sh\n", 0755), pipe = room.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0700), 0);
    const std::string told = pipe + ": it is neither a file nor a folder";
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"check", pipe},
             {"package", pipe, "-o", room.file("fn.zip")},
             {"package", program, "--record", "--recorder", pipe, "-o", room.file("fn.zip")}}) {
        const auto refused = run(words);
        EXPECT_EQ(refused.exit_code, 1);
        EXPECT_THAT(refused.err, HasSubstr(told));
    }
}

TEST(PackageCommand, WritesOverNothingThatItPacksAndNoDevice) {
    const PackageRoom room;
    const std::string program = room.write("handler", "#!/bin/sh\n", 0755);
    const std::string other = room.write("lib.so", "x", 0644);
    for (const std::string& zip : {program, other, std::string("/dev/null")}) {
        const auto ended = run({"package", program, other, "-o", zip});
        EXPECT_EQ(ended.exit_code, 1) << zip;
        EXPECT_THAT(ended.err, HasSubstr("with -o")) << zip;
    }
    EXPECT_EQ(fs::file_size(other), 1U);
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(PackageCommand, MakesTheSameZipAgainAndWarnsOfWhatWouldNotStart) {
    const PackageRoom room;
    const std::string zip = room.file("fn.zip");
    const auto made = run({"package", kHandler, "-o", zip});
    EXPECT_EQ(made.exit_code, run({"check", kHandler}).exit_code) << made.err;
    EXPECT_THAT(made.out, MatchesRegex(".*/fn.zip: [0-9]+ bytes, CodeSha256 [A-Za-z0-9+/]{43}=\n"));
    const auto again = run({"package", kHandler, "-o", zip});
    EXPECT_EQ(again.out, made.out) << "the same to the byte";
    const auto warned = run({"package", room.write("x", "#!/bin/zsh\n", 0755), "-o", zip});
    EXPECT_EQ(warned.exit_code, 4) << "packed, but it would not start";
    EXPECT_THAT(warned.err, HasSubstr("/bin/zsh"));
    EXPECT_THAT(warned.out, HasSubstr("CodeSha256"));
    EXPECT_EQ(run({"package", room.file("none"), "-o", zip}).exit_code, 1);
}

TEST(PackageCommand, ARecordedFunctionAnswersAndWritesItsRecording) {
    const PackageRoom room;
    const std::string zip = room.file("fn.zip"), event = room.write("event.json", R"({"do":"id"})", 0644);
    const auto made = run({"package", "--record", kHandler, "-o", zip});
    ASSERT_EQ(made.exit_code, run({"check", kHandler}).exit_code) << made.err;
    const auto unpacked = test::run_file("/usr/bin/python3", {"-m", "zipfile", "-e", zip, room.file("task")}, {});
    ASSERT_EQ(unpacked.exit_code, 0) << unpacked.err;
    for (const char* name : {"task/bootstrap", "task/bootstrap.real"}) ::chmod(room.file(name).c_str(), 0755);
    const auto invoked = run({"invoke", "-e", event, "--", room.file("task/bootstrap")});
    EXPECT_EQ(invoked.exit_code, 0);
    EXPECT_THAT(invoked.err, HasSubstr("UNDERSTUDY " + invoked.out.substr(0, 36) + "-"));
    EXPECT_THAT(invoked.err, HasSubstr("\"reply\":{\"text\":\"" + invoked.out.substr(0, 36)));
    EXPECT_EQ(run({"check", zip}).exit_code == 0,
              run({"check", UNDERSTUDY_PROGRAM_DIR "/understudy-recorder"}).exit_code == 0);
}

TEST(PackageCommand, WhatTheRecorderWroteIntoALogIsReplayed) {
    const PackageRoom room;
    const std::string handler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";
    const std::string event =
        room.write("event.json", R"({"do":"log","text":")" + std::string(9000, 'x') + "\"}", 0644);
    const auto invoked = run({"invoke", "-e", event, "--", UNDERSTUDY_PROGRAM_DIR "/understudy-recorder", handler});
    EXPECT_THAT(invoked.err, HasSubstr(" 3/3 "));
    const auto replayed = run({"replay", room.write("log", invoked.err, 0644), "--", handler});
    EXPECT_EQ(replayed.exit_code, 0) << replayed.out << replayed.err;
    EXPECT_THAT(replayed.out, HasSubstr("1 exchange replayed"));
}

TEST(PackageCommand, ARecorderForAnotherMachineIsRefused) {
    const PackageRoom room;
    const std::string script = room.write("bootstrap", "#!/bin/sh\n", 0755), zip = room.file("fn.zip");
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"package", "--record", script, "-o", zip}, {"package", "--record", "--layer", "-o", zip}}) {
        int refused = 0;
        for (const std::string machine : {"x86_64", "arm64"}) {
            std::vector<std::string> asked = words;
            asked.insert(asked.end(), {"--arch", machine});
            const auto ended = run(asked);
            refused += ended.exit_code;
            EXPECT_EQ(ended.err.find("--recorder") != std::string::npos, ended.exit_code != 0);
        }
        EXPECT_EQ(refused, 1);
    }
}

TEST(PackageCommand, ARecorderThatWouldNotStartIsTold) {
    const PackageRoom room;
    const std::string script = room.write("bootstrap", "#!/bin/sh\n", 0755), zip = room.file("fn.zip");
    const std::string recorder = room.write("ex.yaml", "a: b\n", 0644), good = room.write("rec", "#!/bin/sh\n", 0755);
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"package", "--record", script, "-o", zip}, {"package", "--record", "--layer", "-o", zip}}) {
        std::vector<std::string> asked = words;
        asked.insert(asked.end(), {"--recorder", recorder});
        const auto ended = run(asked);
        EXPECT_EQ(ended.exit_code, 4);
        EXPECT_THAT(ended.err, HasSubstr("ex.yaml"));
        EXPECT_THAT(ended.err, HasSubstr("it is neither an ELF program nor a script"));
        asked.back() = good;
        EXPECT_EQ(run(asked).exit_code, 0);
    }
}

TEST(PackageCommand, TheLayersWrapperRecordsTheProgramThatItIsGiven) {
    const PackageRoom room;
    const std::string zip = room.file("layer.zip"), event = room.write("event.json", R"({"do":"id"})", 0644);
    const auto made = run({"package", "--record", "--layer", "-o", zip});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    const auto unpacked = test::run_file("/usr/bin/python3", {"-m", "zipfile", "-e", zip, room.file("opt")}, {});
    ASSERT_EQ(unpacked.exit_code, 0) << unpacked.err;
    EXPECT_LE(fs::file_size(room.file("opt/understudy-recorder")), 4U * 1024 * 1024);
    ::chmod(room.file("opt/understudy-recorder").c_str(), 0755);
    std::string wrapper = test::read_file(room.file("opt/understudy-record"));
    wrapper.replace(wrapper.find("/opt/understudy-recorder"), 4, room.file("opt"));
    const std::string wrapped = room.write("opt/wrapper", wrapper, 0755);
    const auto invoked = run({"invoke", "-e", event, "--", wrapped, UNDERSTUDY_PROGRAM_DIR "/scripted_handler"});
    EXPECT_EQ(invoked.exit_code, 0) << invoked.err;
    EXPECT_THAT(invoked.err, HasSubstr("UNDERSTUDY " + invoked.out.substr(0, 36) + "-"));
}

}  // namespace
}  // namespace understudy::cli
