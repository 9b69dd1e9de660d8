#include "tools/understudy/stream_writer.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>

namespace understudy::cli {
namespace {

using namespace std::chrono_literals;

const std::string kLine = std::string(99, 'x') + '\n';

/// Two ends of a pipe, or of another stream whose flags nobody may change.
struct Ends {
    Ends(int read, int write) : read_end(read), write_end(write) { ::fcntl(read_end, F_SETFL, O_NONBLOCK); }
    ~Ends() {
        ::close(read_end);
        if (write_end >= 0) ::close(write_end);
    }
    Ends(const Ends&) = delete;
    Ends& operator=(const Ends&) = delete;

    std::string read_now() const {
        std::string text;
        std::array<char, 65536> buffer;
        for (ssize_t got; (got = ::read(read_end, buffer.data(), buffer.size())) > 0;)
            text.append(buffer.data(), static_cast<std::size_t>(got));
        return text;
    }

    int read_end;
    int write_end;
};

Ends make_pipe() {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    return {ends[0], ends[1]};
}

Ends make_sockets() {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    return {ends[0], ends[1]};
}

/// Writes lines, `0\n`, `1\n`…, until the writer has had to drop some.
int write_too_much(StreamWriter& writer) {
    const int count = static_cast<int>(StreamWriter::kMostKept / kLine.size()) * 2;
    for (int i = 0; i < count; ++i) writer.write(kLine);
    return count;
}

/// Everything that arrives while the loop has work.
std::string read_all(boost::asio::io_context& context, const Ends& ends) {
    std::string text = ends.read_now();
    while (context.run_one() != 0) text += ends.read_now();
    return text + ends.read_now();
}

int count_lines(const std::string& text) {
    int lines = 0;
    for (const char byte : text) lines += byte == '\n' ? 1 : 0;
    return lines;
}

void expect_drops_are_told(const Ends& ends) {
    boost::asio::io_context context;
    StreamWriter writer(context.get_executor(), ends.write_end);
    const int written = write_too_much(writer);
    EXPECT_EQ(::fcntl(ends.write_end, F_GETFL) & O_NONBLOCK, 0) << "others write to this stream, too";
    std::string text = read_all(context, ends);
    const std::string mark = "understudy: ";
    const auto told = text.find(mark);
    ASSERT_NE(told, std::string::npos);
    EXPECT_EQ(count_lines(text) - 1 + std::stoi(text.substr(told + mark.size())), written);
    writer.write("on again\n");
    EXPECT_EQ(ends.read_now(), "on again\n");
}

TEST(StreamWriter, WhatNobodyReadsIsDroppedAndItsCountToldLater) {
    expect_drops_are_told(make_pipe());
    expect_drops_are_told(make_sockets());
}

TEST(StreamWriter, WhatIsKeptGoesOutInOrderWhenTheReaderComes) {
    const Ends ends = make_pipe();
    ::fcntl(ends.write_end, F_SETPIPE_SZ, 4096);
    boost::asio::io_context context;
    StreamWriter writer(context.get_executor(), ends.write_end);
    std::string written;
    for (int i = 0; i < 2000; ++i) {
        written += std::to_string(i) + '\n';
        writer.write(std::to_string(i) + '\n');
    }
    EXPECT_EQ(read_all(context, ends), written);
}

TEST(StreamWriter, AtTheEndAReaderWhoDoesNotReadIsNotWaitedFor) {
    const Ends ends = make_pipe();
    boost::asio::io_context context;
    StreamWriter writer(context.get_executor(), ends.write_end);
    write_too_much(writer);
    writer.leave_loop();
    writer.write(kLine);
    context.run();
    writer.finish(0ms);
    const std::string text = ends.read_now();
    EXPECT_LT(text.size(), StreamWriter::kMostKept);
    writer.finish(0ms);
    EXPECT_EQ(ends.read_now(), "");
}

TEST(StreamWriter, AReaderThatWentAwayIsNoError) {
    ::signal(SIGPIPE, SIG_IGN);
    Ends ends = make_pipe();
    boost::asio::io_context context;
    StreamWriter writer(context.get_executor(), ends.write_end);
    EXPECT_EQ(::dup2(::open("/dev/null", O_RDONLY), ends.read_end), ends.read_end);
    write_too_much(writer);
    EXPECT_EQ(context.run(), 0U);
}

}  // namespace
}  // namespace understudy::cli
