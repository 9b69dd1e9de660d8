#include "tests/support/program.hpp"

#include "tests/support/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

namespace understudy::recorder {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kRecorder = UNDERSTUDY_PROGRAM_DIR "/understudy-recorder";
constexpr const char* kPath = "PATH=/usr/bin:/bin";

/// A program that runs, and what it writes to its standard output.
class Running {
  public:
    Running(std::vector<std::string> words, std::vector<std::string> environment) {
        const auto to_pointers = [](std::vector<std::string>& texts) {
            std::vector<char*> pointers;
            for (std::string& text : texts) pointers.push_back(text.data());
            pointers.push_back(nullptr);
            return pointers;
        };
        int ends[2];
        EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        EXPECT_EQ(::posix_spawn(&pid_, words[0].c_str(), &actions, nullptr, to_pointers(words).data(),
                                to_pointers(environment).data()),
                  0);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        out_ = ends[0];
    }
    ~Running() {
        if (pid_ > 0) wait();
        ::close(out_);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    pid_t pid() const { return pid_; }
    std::string read_line() const {
        std::string line;
        for (char byte; ::read(out_, &byte, 1) == 1 && byte != '\n';) line += byte;
        return line;
    }
    /// Until nobody holds the other end any more.
    std::string read_rest() const {
        std::string rest;
        for (char byte; ::read(out_, &byte, 1) == 1;) rest += byte;
        return rest;
    }
    void send(int signal) const { ::kill(pid_, signal); }
    /// As waitpid says it.
    int wait() {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        return status;
    }

  private:
    pid_t pid_ = -1;
    int out_ = -1;
};

/// The recorder in front of a script for bash; the Runtime API is at `api`.
std::vector<std::string> recorded(const std::string& script) {
    return {kRecorder, "/bin/bash", "-c", script};
}

std::vector<std::string> environment(const std::string& api, std::vector<std::string> more = {}) {
    more.push_back(kPath);
    more.push_back("AWS_LAMBDA_RUNTIME_API=" + api);
    return more;
}

/// Sends a file to the Runtime API, and puts what it answers into another.
constexpr const char* kExchange =
    "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}; cat \"$IN\" >&3; cat <&3 >\"$OUT\"";

TEST(RecorderProgram, EveryByteGoesThroughBothWays) {
    std::string all_bytes;
    for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
    std::string large = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nx-Large: ";
    large.append(3'000'000, 'x').append("\r\n\r\n");
    const std::pair<std::string, std::string> rows[] = {
        {"get /x HTTP/1.1\r\nhOST:a\r\nX-Empty:\r\nX-A: 1\r\nX-A: 2\r\nX-Bytes: \xFF\xC3\r\n\r\n",
         "HTTP/1.1 200 Fine\r\n\r\n" + all_bytes},
        {"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n",
         "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id:  i \r\nTransfer-Encoding: "
         "chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: x\r\n\r\n"},
        {all_bytes, all_bytes},
        {large, large},
    };
    for (const auto& [request, reply] : rows) {
        std::string got;
        test::TempFolder folder;
        const std::string in = folder.write("in", request), out = folder.file("out");
        test::ScriptedServer server([&, request = request, reply = reply](test::ScriptedServer& api) {
            const int peer = api.accept().release();
            std::string buffer(1 << 16, '\0');
            while (got.size() < request.size()) {
                const ssize_t size = ::recv(peer, buffer.data(), buffer.size(), 0);
                if (size <= 0) break;
                got.append(buffer, 0, static_cast<std::size_t>(size));
            }
            test::Peer(peer).write(reply);
        });
        Running running(recorded(kExchange), environment(server.authority(), {"IN=" + in, "OUT=" + out}));
        EXPECT_EQ(running.wait(), 0);
        server.wait();
        EXPECT_EQ(got, request);
        EXPECT_EQ(test::read_file(out), reply);
    }
}

TEST(RecorderProgram, TheFirstBytesOfAStreamGoThroughBeforeTheLast) {
    test::ScriptedServer server([](test::ScriptedServer& api) {
        const int socket = api.accept().release();
        std::string got;
        for (char byte = 0; !got.ends_with("first\r\n") && ::recv(socket, &byte, 1, 0) == 1;) got += byte;
        EXPECT_THAT(got, StartsWith("POST "));
        test::Peer(socket).reply("202 Accepted", "", "");
    });
    // It waits for an answer before it goes on.
    Running running(recorded("exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}; printf 'POST "
                             "/2018-06-01/runtime/invocation/i/response HTTP/1.1\\r\\nTransfer-Encoding: "
                             "chunked\\r\\n\\r\\n5\\r\\nfirst\\r\\n' >&3; read -r line <&3; echo \"$line\""),
                    environment(server.authority()));
    EXPECT_EQ(running.read_rest(), "HTTP/1.1 202 Accepted\r\n");
    EXPECT_EQ(running.wait(), 0);
}

TEST(RecorderProgram, ItEndsAsTheFunctionDoes) {
    test::ScriptedServer server([](test::ScriptedServer&) {});
    const auto end_of = [&](const std::string& script) {
        return Running(recorded(script), environment(server.authority())).wait();
    };
    EXPECT_EQ(end_of("exit 0"), 0);
    EXPECT_EQ(end_of("exit 7"), 7 << 8);
    for (const int signal : {SIGKILL, SIGTERM, SIGSEGV, SIGABRT, SIGPIPE}) {
        const int status = end_of("ulimit -c 0; kill -" + std::to_string(signal) + " $$");
        ASSERT_TRUE(WIFSIGNALED(status));
        EXPECT_EQ(WTERMSIG(status), signal);
    }
}

TEST(RecorderProgram, SignalsArePassedOnOnce) {
    test::ScriptedServer server([](test::ScriptedServer&) {});
    test::TempFolder folder;
    // It waits without a child of its own, which could miss the signal and outlive it.
    Running running(
        recorded("mkfifo $PIPE; exec 3<>$PIPE; trap 'echo got TERM' TERM; trap 'echo got USR1; exit 5' USR1\n"
                 "echo ready; while :; do read -r <&3; done"),
        environment(server.authority(), {"PIPE=" + folder.file("pipe")}));
    EXPECT_EQ(running.read_line(), "ready");
    running.send(SIGTERM);
    EXPECT_EQ(running.read_line(), "got TERM");
    running.send(SIGUSR1);
    EXPECT_EQ(running.read_line(), "got USR1");
    EXPECT_EQ(running.wait(), 5 << 8);
}

TEST(RecorderProgram, OneThatIsKilledLeavesNobodyBehind) {
    test::ScriptedServer server([](test::ScriptedServer&) {});
    Running running(recorded("echo ready; exec sleep 1000"), environment(server.authority()));
    EXPECT_EQ(running.read_line(), "ready");
    running.send(SIGKILL);
    EXPECT_EQ(running.read_rest(), "");
    EXPECT_EQ(WTERMSIG(running.wait()), SIGKILL);
}

TEST(RecorderProgram, WhereItCannotRecordTheFunctionRunsWithoutIt) {
    const std::string script = "echo $$ $AWS_LAMBDA_RUNTIME_API";
    const std::string api = "127.0.0.1:1";
    const std::vector<std::vector<std::string>> rows = {
        environment(api, {"UNDERSTUDY_SAMPLE=0"}),
        environment(api, {"UNDERSTUDY_SAMPLE=much"}),
        environment("runtime.example:9001"),
        {kPath},
    };
    for (const auto& variables : rows) {
        Running running(recorded(script), variables);
        EXPECT_THAT(running.read_line(), StartsWith(std::to_string(running.pid())));
    }
    // Even where it could listen, it could not pass on what it accepts.
    for (const char* limit : {"12", "17"}) {
        const std::string narrow = std::string("ulimit -n ") + limit + "; exec \"$@\"";
        Running without_sockets({"/bin/bash", "-c", narrow, "-", kRecorder, "/bin/bash", "-c", script},
                                environment(api));
        EXPECT_EQ(without_sockets.read_line(), std::to_string(without_sockets.pid()) + ' ' + api);
    }
}

TEST(RecorderProgram, AProgramThatCannotBeRunIsTold) {
    const auto missing = test::run_file(kRecorder, {"/none/bootstrap"}, environment("127.0.0.1:1"));
    EXPECT_EQ(missing.exit_code, 127);
    EXPECT_EQ(missing.err, "understudy-recorder: cannot run /none/bootstrap: No such file or directory\n");
    const auto folder = test::run_file(kRecorder, {"/tmp"}, environment("127.0.0.1:1"));
    EXPECT_EQ(folder.exit_code, 126);
    test::TempFolder temporary;
    const std::string script = temporary.write("script", "echo it ran\n");
    ::chmod(script.c_str(), 0755);
    const auto format = test::run_file(kRecorder, {script}, environment("127.0.0.1:1"));
    EXPECT_EQ(format.exit_code, 126) << format.out;
    EXPECT_THAT(format.err, HasSubstr("Exec format error"));
}

TEST(RecorderProgram, WithoutArgumentsItRunsTheProgramBesideIt) {
    const test::TempFolder temporary;
    const std::filesystem::path folder = temporary.path() + "/task";
    std::filesystem::create_directory(folder);
    std::filesystem::copy_file(kRecorder, folder / "bootstrap");
    std::ofstream(folder / "bootstrap.real") << "#!/bin/sh\necho $0\n";
    ::chmod((folder / "bootstrap.real").c_str(), 0755);
    const auto ended = test::run_file(folder / "bootstrap", {}, environment("127.0.0.1:1"));
    EXPECT_EQ(ended.out, (folder / "bootstrap.real").native() + "\n");
    std::filesystem::remove_all(folder);
}

TEST(RecorderProgram, WhereItsFileCannotBeMadeItStepsAside) {
    test::TempFolder folder;
    const std::string api = "127.0.0.1:1", file = folder.write("file", "");
    for (const auto& [recording, reason] : {std::pair(file + "/a", "Not a directory"),
                                            {file + "/a/b", "Not a directory"},
                                            {folder.path(), "Is a directory"},
                                            {std::string("/proc/none/a"), "No such file or directory"}}) {
        const auto ended = test::run_file(
            "/bin/bash",
            {"-c", "echo $$; exec \"$@\"", "-", kRecorder, "/bin/bash", "-c", "echo $$ $AWS_LAMBDA_RUNTIME_API"},
            environment(api, {"UNDERSTUDY_RECORD=" + recording}));
        EXPECT_EQ(ended.err, "understudy-recorder: " + recording + ": " + reason + ": nothing is recorded\n");
        const std::string pid = ended.out.substr(0, ended.out.find('\n'));
        EXPECT_EQ(ended.out, pid + '\n' + pid + ' ' + api + '\n') << "the same process, with its own variables";
    }
}

TEST(RecorderProgram, LinesGoToAFileWhereOneIsNamed) {
    test::TempFolder folder;
    const std::string recording = folder.path() + "/one/two/recording";
    test::ScriptedServer server([](test::ScriptedServer& api) {
        test::Peer peer = api.accept();
        peer.read_request();
        peer.reply("200 OK", "Lambda-Runtime-Aws-Request-Id: id\r\n", R"({"headers":{"cookie":"TOPSECRET"}})");
        peer.read_request();
        peer.reply("202 Accepted", "", "");
    });
    Running running(
        recorded(
            "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}; api=/2018-06-01/runtime/invocation\n"
            "printf \"GET $api/next HTTP/1.1\\r\\n\\r\\n\" >&3; while read -r line <&3 && [ ${#line} -gt 1 ]; do :; "
            "done\n"
            "printf \"POST $api/id/response HTTP/1.1\\r\\nContent-Length: 2\\r\\n\\r\\n{}\" >&3; cat <&3 >/dev/null"),
        environment(server.authority(), {"UNDERSTUDY_RECORD=" + recording}));
    EXPECT_EQ(running.read_rest(), "");
    const std::string written = test::read_file(recording);
    EXPECT_THAT(written, StartsWith("{\"session\":"));
    EXPECT_THAT(written, HasSubstr("}\n{\"exchange\":{\"id\":\"id\","));
    EXPECT_THAT(written, HasSubstr("\"reply\":{\"text\":\"{}\"}"));
    EXPECT_THAT(written, EndsWith("}}\n"));
    EXPECT_THAT(written, Not(HasSubstr("TOPSECRET")));
    std::filesystem::remove_all(folder.path() + "/one");
}

}  // namespace
}  // namespace understudy::recorder
