#include "emulator/process/spawn.hpp"

#include "tests/emulator/process/running.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <future>

namespace understudy::process {
namespace {

using source::ProblemCode;
using std::filesystem::perms;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::StartsWith;
using Texts = std::vector<std::string>;

ChildSpec program(const std::string& path, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), path);
    return {.program = path, .arguments = std::move(arguments), .directory = "/", .variables = {}};
}

TEST(Spawn, TheEnvironmentIsExactlyAsGiven) {
    ::setenv("OF_OUR_OWN", "1", 1);
    ChildSpec spec = program("/usr/bin/env");
    EXPECT_EQ(Trial().run(spec), Texts{});
    spec.variables = {{"B", "two=2"}, {"A", ""}, {"_X", "a b\t\xc3\xa9"}, {"B", "again"}};
    EXPECT_EQ(Trial().run(spec), (Texts{"B=two=2", "A=", "_X=a b\t\xc3\xa9", "B=again"}));
}

TEST(Spawn, ArgumentsArriveAsGiven) {
    EXPECT_EQ(Trial().run(program("/usr/bin/printf", {"%s\\n", "", "a b", "$HOME", "'*"})),
              (Texts{"", "a b", "$HOME", "'*"}));
    ChildSpec renamed = shell("echo $0");
    renamed.arguments = {"another-name", "-c", "echo $0"};
    EXPECT_EQ(Trial().run(renamed), Texts{"another-name"});
}

TEST(Spawn, AProgramThatIsGoneRunsByItsDescriptor) {
    const Folder folder;
    const auto path = folder.path / "program";
    std::filesystem::copy_file("/bin/ls", path);
    const FileDescriptor kept(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::filesystem::remove(path);
    ChildSpec spec = program(path.native(), {"/proc/self/fd"});
    spec.descriptor = kept.get();
    EXPECT_EQ(Trial().run(spec), (Texts{"0", "1", "2", "3"})) << "3 is ls's own";
}

TEST(Spawn, TheWorkingDirectoryIsTheGivenOne) {
    const Folder folder;
    ChildSpec spec = shell("pwd -P");
    spec.directory = folder.path.native();
    EXPECT_EQ(Trial().run(spec), Texts{std::filesystem::canonical(folder.path).native()});
}

TEST(Spawn, StandardInputIsEmpty) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
    const FileDescriptor in(pipe[0]);
    const FileDescriptor kept(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3));
    ASSERT_EQ(::dup2(in.get(), STDIN_FILENO), STDIN_FILENO);
    ASSERT_EQ(::write(pipe[1], "ours\n", 5), 5);
    ::close(pipe[1]);
    EXPECT_EQ(Trial().run(shell("readlink /proc/self/fd/0; cat; echo end")), (Texts{"/dev/null", "end"}));
    kept ? ::dup2(kept.get(), STDIN_FILENO) : ::close(STDIN_FILENO);
}

TEST(Spawn, NoDescriptorIsInherited) {
    const FileDescriptor listener(::socket(AF_INET, SOCK_STREAM, 0));  // Not closed on exec, as Asio's are not.
    const FileDescriptor far(::fcntl(listener.get(), F_DUPFD, 900));
    ASSERT_TRUE(listener);
    ASSERT_TRUE(far);
    // 3 is ls's own, with which it reads the folder.
    EXPECT_EQ(Trial().run(program("/bin/ls", {"/proc/self/fd"})), (Texts{"0", "1", "2", "3"}));
}

TEST(Spawn, TheChildLeadsAGroupAndASessionOfItsOwn) {
    Trial trial;
    const auto lines =
        trial.run(shell("read pid name state parent group session rest < /proc/self/stat;"
                        "echo $$ $group $session"));
    ASSERT_EQ(lines.size(), 1U);
    const std::string pid = lines[0].substr(0, lines[0].find(' '));
    EXPECT_EQ(lines[0], pid + " " + pid + " " + pid);
}

void do_nothing(int) {}

TEST(Spawn, SignalsAreAsAfterASystemStart) {
    sigset_t blocked;
    sigset_t before;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGUSR1);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
    const auto old_pipe = ::signal(SIGPIPE, SIG_IGN);
    const auto old_user = ::signal(SIGUSR2, do_nothing);

    const auto lines = Trial().run(program("/bin/cat", {"/proc/self/status"}));
    for (const auto* name : {"SigBlk", "SigIgn", "SigCgt"}) {
        EXPECT_THAT(lines, Contains(std::string(name) + ":\t0000000000000000"));
    }
    sigset_t now;
    ::pthread_sigmask(SIG_SETMASK, &before, &now);
    EXPECT_EQ(::sigismember(&now, SIGUSR1), 1);
    EXPECT_EQ(::sigismember(&now, SIGTERM), 0) << "our own mask is put back";
    EXPECT_EQ(::signal(SIGUSR2, old_user), &do_nothing) << "our own handlers stay";
    EXPECT_EQ(::signal(SIGPIPE, old_pipe), SIG_IGN);
}

source::Problem refusal(const ChildSpec& spec) {
    const std::size_t before = open_descriptors();
    Trial trial;
    const std::size_t during = open_descriptors();
    const auto started = trial.start(spec);
    EXPECT_EQ(open_descriptors(), during) << "of " << before << " before";
    EXPECT_FALSE(trial.child.running());
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a zombie is left";
    return started.has_error() ? started.error() : source::Problem();
}

TEST(Spawn, ChildrenThatEndMeanwhileInterruptNoOtherThread) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    const timeval patience{.tv_sec = kPatience.count(), .tv_usec = 0};
    ::setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    auto reader = std::async(std::launch::async, [&] {
        char byte = 0;
        return ::recv(ends[0], &byte, 1, 0);
    });
    const FileDescriptor null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    std::deque<pid_t> children;
    for (int i = 0; i < 300; ++i) {
        const auto spawned = spawn(program("/bin/true"), {null.get(), null.get()});
        ASSERT_TRUE(spawned.has_value()) << spawned.error();
        children.push_back(spawned->pid);
        if (children.size() < 10) continue;
        ::waitpid(children.front(), nullptr, 0);
        children.pop_front();
    }
    EXPECT_EQ(::send(ends[1], "x", 1, 0), 1);
    EXPECT_EQ(reader.get(), 1) << "a read with a timeout is not taken up again";
    for (const pid_t child : children) ::waitpid(child, nullptr, 0);
    for (const int end : ends) ::close(end);
}

TEST(Spawn, AMissingProgramIsReported) {
    const auto problem = refusal(program("/no/such/program"));
    EXPECT_EQ(problem.code(), ProblemCode::not_found);
    EXPECT_EQ(problem.message(), "fork/exec /no/such/program: no such file or directory");
}

TEST(Spawn, AFileWithoutTheRightToRunIsReported) {
    const Folder folder;
    const auto path = write_file(folder.path / "bootstrap", "#!/bin/sh\n", perms(0644)).native();
    const auto problem = refusal(program(path));
    EXPECT_EQ(problem.code(), ProblemCode::unreadable);
    EXPECT_EQ(problem.message(), "fork/exec " + path + ": permission denied");
    EXPECT_EQ(refusal(program(folder.path.native())).message(),
              "fork/exec " + folder.path.native() + ": permission denied");
}

TEST(Spawn, AFileOfNoKnownFormatIsReported) {
    const Folder folder;
    const auto path = write_file(folder.path / "bootstrap", "echo no interpreter named\n", perms(0755)).native();
    const auto problem = refusal(program(path));
    EXPECT_EQ(problem.code(), ProblemCode::malformed);
    EXPECT_EQ(problem.message(), "fork/exec " + path + ": exec format error");
}

TEST(Spawn, AMissingInterpreterIsReportedAsTheSystemSaysIt) {
    const Folder folder;
    const auto path = write_file(folder.path / "bootstrap", "#!/no/such/interpreter\n", perms(0755)).native();
    const auto problem = refusal(program(path));
    EXPECT_EQ(problem.code(), ProblemCode::not_found);
    EXPECT_EQ(problem.message(), "fork/exec " + path + ": no such file or directory");
}

TEST(Spawn, AMissingWorkingDirectoryIsReported) {
    ChildSpec spec = shell("true");
    spec.directory = "/no/such/directory";
    const auto problem = refusal(spec);
    EXPECT_EQ(problem.code(), ProblemCode::invalid);
    EXPECT_EQ(problem.message(), "chdir /no/such/directory: no such file or directory");
}

TEST(Spawn, AFileThatIsBeingWrittenIsReported) {
    const Folder folder;
    const auto path = write_file(folder.path / "bootstrap", "#!/bin/sh\n", perms(0755)).native();
    const FileDescriptor writer(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    EXPECT_EQ(refusal(program(path)), source::Problem(ProblemCode::busy, "fork/exec " + path + ": text file busy"));
}

TEST(Spawn, TooLongArgumentsAreReported) {
    EXPECT_EQ(refusal(program("/bin/true", {std::string(1 << 20, 'x')})).message(),
              "fork/exec /bin/true: argument list too long");
}

}  // namespace
}  // namespace understudy::process
