#include "emulator/record/files/recording_file.hpp"

#include <gmock/gmock.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace understudy::record {
namespace {

namespace fs = std::filesystem;

/// A folder of the test's own.
class Folder {
  public:
    Folder() : path_(testing::TempDir() + "recording-" + std::to_string(::getpid())) {
        fs::remove_all(path_);
        fs::create_directory(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string file(const std::string& name = "traffic.jsonl") const { return path_ + '/' + name; }
    std::string read(const std::string& name = "traffic.jsonl") const {
        std::ifstream in(file(name), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    }

  private:
    std::string path_;
};

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

TEST(RecordingFile, BeginsWithItsSessionAndIsItsOwnersAlone) {
    const Folder folder;
    RecordingFile file(folder.file(), 0);
    ASSERT_TRUE(file.open());
    EXPECT_FALSE(file.begin_session("{s}\n"));
    EXPECT_FALSE(file.append("{1}\n{2}\n"));
    EXPECT_EQ(folder.read(), "{s}\n{1}\n{2}\n");
    struct stat status {};
    ASSERT_EQ(::stat(folder.file().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(RecordingFile, AFileThatMayNotBeMadeIsNotToldAsMissing) {
    for (const char* path : {"/sys/understudy.jsonl", "/sys/nowhere/understudy.jsonl"}) {
        RecordingFile file(path, 0);
        const auto opened = file.open();
        ASSERT_FALSE(opened) << path;
        EXPECT_EQ(opened.error().message().find("No such file"), std::string::npos) << opened.error().message();
    }
}

TEST(RecordingFile, MissingFoldersAreMade) {
    const Folder folder;
    RecordingFile file(folder.file("of/today/traffic.jsonl"), 0);
    ASSERT_TRUE(file.open());
    EXPECT_FALSE(file.begin_session("{s}\n"));
    EXPECT_EQ(folder.read("of/today/traffic.jsonl"), "{s}\n");
}

TEST(RecordingFile, AFileThatIsThereIsContinued) {
    const Folder folder;
    write_file(folder.file(), "{old}\n");
    RecordingFile file(folder.file(), 0);
    ASSERT_TRUE(file.open());
    EXPECT_FALSE(file.begin_session("{s}\n"));
    EXPECT_EQ(folder.read(), "{old}\n{s}\n");
}

TEST(RecordingFile, ATornLineEndsWhereItWasTorn) {
    const Folder folder;
    write_file(folder.file(), "{old}\n{tor");
    RecordingFile file(folder.file(), 0);
    ASSERT_TRUE(file.open());
    EXPECT_FALSE(file.begin_session("{s}\n"));
    EXPECT_FALSE(file.append("{1}\n"));
    EXPECT_EQ(folder.read(), "{old}\n{tor\n{s}\n{1}\n");
}

TEST(RecordingFile, WhatIsTooMuchForOneFileGoesToTheNext) {
    const Folder folder;
    write_file(folder.file("traffic.1.jsonl"), "{of before}\n");
    RecordingFile file(folder.file(), 12);
    ASSERT_TRUE(file.open());
    EXPECT_FALSE(file.begin_session("{s}\n"));
    for (const char* line : {"{1}\n", "{2}\n", "{3}\n", "{4 is larger than a file}\n", "{5}\n"})
        EXPECT_FALSE(file.append(line));
    EXPECT_EQ(folder.read("traffic.1.jsonl"), "{of before}\n");
    EXPECT_EQ(folder.read("traffic.2.jsonl"), "{s}\n{1}\n{2}\n");
    EXPECT_EQ(folder.read("traffic.3.jsonl"), "{s}\n{3}\n");
    EXPECT_EQ(folder.read("traffic.4.jsonl"), "{s}\n{4 is larger than a file}\n");
    EXPECT_EQ(folder.read(), "{s}\n{5}\n");
}

TEST(RecordingFile, ASessionThatBeginsANewFileIsWrittenOnce) {
    const Folder folder;
    write_file(folder.file(), "{old line}\n");
    RecordingFile file(folder.file(), 12);
    ASSERT_TRUE(file.open());
    EXPECT_FALSE(file.begin_session("{s}\n"));
    EXPECT_EQ(folder.read("traffic.1.jsonl"), "{old line}\n");
    EXPECT_EQ(folder.read(), "{s}\n");
}

TEST(RecordingFile, ANameWithoutAnEndingIsNumberedBehindIt) {
    const Folder folder;
    RecordingFile file(folder.file("traffic"), 5);
    ASSERT_TRUE(file.open());
    EXPECT_FALSE(file.begin_session("{s}\n"));
    EXPECT_FALSE(file.append("{1}\n"));
    EXPECT_EQ(folder.read("traffic.1"), "{s}\n");
}

TEST(RecordingFile, AFolderThatCannotBeMadeIsSaidInTheSystemsWords) {
    RecordingFile file("/dev/null/folder/traffic.jsonl", 0);
    const auto opened = file.open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), source::ProblemCode::unreadable);
    EXPECT_EQ(opened.error().message(),
              "the recording /dev/null/folder/traffic.jsonl cannot be written: Not a directory");
}

TEST(RecordingFile, AFullDiskIsToldOnceAndTriedAgain) {
    RecordingFile file("/dev/full", 0);
    ASSERT_TRUE(file.open());
    const auto problem = file.begin_session("{s}\n");
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->message(), "the recording /dev/full cannot be written: No space left on device");
    EXPECT_FALSE(file.append("{1}\n"));
}

/// A process may not write files larger than this.
class FileLimit {
  public:
    explicit FileLimit(rlim_t most) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        handler_ = ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{most, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, handler_);
    }
    FileLimit(const FileLimit&) = delete;
    FileLimit& operator=(const FileLimit&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int) = nullptr;
};

TEST(RecordingFile, ALineThatTheDiskTookInPartEndsThereOnceThereIsRoomAgain) {
    const Folder folder;
    RecordingFile file(folder.file(), 0);
    ASSERT_TRUE(file.open());
    EXPECT_FALSE(file.begin_session("{s}\n"));
    {
        const FileLimit limit(8);
        EXPECT_TRUE(file.append("{lost line}\n"));
    }
    const auto again = file.append("{1}\n");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->code(), source::ProblemCode::none);
    EXPECT_EQ(again->message(), "the recording " + folder.file() + " is written again; 1 exchange is missing");
    EXPECT_FALSE(file.append("{2}\n"));
    EXPECT_EQ(folder.read(), "{s}\n{los\n{s}\n{1}\n{2}\n");
}

TEST(RecordingFile, ASessionThatFoundTheDiskFullComesBeforeWhatIsWrittenLater) {
    for (const rlim_t room : {1, 2}) {
        const Folder folder;
        RecordingFile file(folder.file(), 0);
        ASSERT_TRUE(file.open());
        {
            const FileLimit limit(room);
            EXPECT_TRUE(file.begin_session("\n{s}\n"));
            EXPECT_FALSE(file.append("{lost}\n{too}\n"));
        }
        const auto again = file.append("{1}\n");
        ASSERT_TRUE(again);
        EXPECT_THAT(again->message(), testing::EndsWith("2 exchanges are missing"));
        EXPECT_EQ(folder.read(), (room == 1 ? "\n" : "\n{\n") + std::string("\n{s}\n{1}\n"));
    }
}

TEST(RecordingFile, LinesThatCameThroughBeforeTheDiskWasFullAreNotMissing) {
    const Folder folder;
    RecordingFile file(folder.file(), 0);
    ASSERT_TRUE(file.open());
    EXPECT_FALSE(file.begin_session("{s}\n"));
    {
        const FileLimit limit(10);
        EXPECT_TRUE(file.append("{1}\n{2}\n{3}\n"));
    }
    EXPECT_THAT(file.append("{4}\n")->message(), testing::EndsWith("2 exchanges are missing"));
    EXPECT_EQ(folder.read(), "{s}\n{1}\n{2\n{s}\n{4}\n");
}

/// Writes lines whose number and length tell what they should be, until it is killed.
[[noreturn]] void write_until_killed(const std::string& path, int ready) {
    RecordingFile file(path, 0);
    if (!file.open()) ::_exit(1);
    static_cast<void>(file.begin_session("{\"session\":{}}\n"));
    for (unsigned number = 0;; ++number) {
        std::string lines;
        for (unsigned i = 0; i <= number % 5; ++i)
            lines +=
                "{\"n\":" + std::to_string(number % 977) + ",\"x\":\"" + std::string(number * 7 % 977, 'x') + "\"}\n";
        static_cast<void>(file.append(lines));
        if (number % 16 == 0 && ::write(ready, "!", 1) != 1) ::_exit(1);
    }
}

bool is_whole(const std::string& line) {
    if (line == "{\"session\":{}}") return true;
    unsigned number = 0;
    int end = 0;
    if (std::sscanf(line.c_str(), "{\"n\":%u,\"x\":\"%n", &number, &end) != 1 || end == 0) return false;
    const auto text = line.substr(static_cast<std::size_t>(end));
    return text.size() >= 2 && text.find_first_not_of('x') == text.size() - 2 && text.ends_with("\"}");
}

TEST(RecordingFile, AKillAtAnyMomentTearsTheLastLineAtMost) {
    const Folder folder;
    for (int round = 0; round < 8; ++round) {
        int ready[2];
        ASSERT_EQ(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) write_until_killed(folder.file(), ready[1]);
        // A different count of batches each time, and whatever the scheduler adds.
        char byte = 0;
        for (int i = 0; i <= round; ++i) ASSERT_EQ(::read(ready[0], &byte, 1), 1);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(ready[0]);
        ::close(ready[1]);
    }
    const std::string text = folder.read();
    std::istringstream lines(text);
    std::string line;
    int torn = 0;
    std::size_t whole = 0;
    while (std::getline(lines, line)) is_whole(line) ? void(++whole) : void(++torn);
    EXPECT_GT(whole, 8u * 16);
    // Each kill may have torn one line off, which the next session ended.
    EXPECT_LE(torn, 8);
}

TEST(RecordingFile, ALineTornOffAtAnyByteIsEnded) {
    const std::string line = "{\"exchange\":{\"id\":\"a\"}}\n";
    for (std::size_t size = 0; size < line.size(); ++size) {
        const Folder folder;
        write_file(folder.file(), line + line.substr(0, size));
        RecordingFile file(folder.file(), 0);
        ASSERT_TRUE(file.open());
        EXPECT_FALSE(file.begin_session("{s}\n"));
        EXPECT_EQ(folder.read(), line + line.substr(0, size) + (size == 0 ? "" : "\n") + "{s}\n");
    }
}

}  // namespace
}  // namespace understudy::record
