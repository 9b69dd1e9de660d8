#include "client/timed_socket.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace understudy::client::timed_socket_test {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using boost::system::error_code;

const tcp::endpoint kAny(boost::asio::ip::make_address("127.0.0.1"), 0);
constexpr auto kPatience = 20s;

class TimedSockets : public testing::Test {
  protected:
    TimedSocket make_socket(std::chrono::milliseconds limit) {
        TimedSocket socket(context_);
        socket.expires_at(TimedSocket::Clock::now() + limit);
        return socket;
    }

    error_code connect(TimedSocket& socket, const std::vector<tcp::endpoint>& endpoints) {
        error_code error;
        socket.connect(endpoints, error);
        return error;
    }

    /// An endpoint where nobody is any more.
    tcp::endpoint find_nobody() { return tcp::acceptor(context_, kAny).local_endpoint(); }

    static error_code read(TimedSocket& socket) {
        std::array<char, 16> bytes{};
        error_code error;
        socket.read_some(boost::asio::buffer(bytes), error);
        return error;
    }

    /// Writes until it does not go on.
    static error_code write_without_end(TimedSocket& socket) {
        const std::string bytes(1024 * 1024, 'x');
        error_code error;
        while (!error) socket.write_some(boost::asio::buffer(bytes), error);
        return error;
    }

    boost::asio::io_context context_;
};

TEST_F(TimedSockets, ReadingAndWritingEndByTheDeadline) {
    // What is not accepted is not read either.
    const tcp::acceptor acceptor(context_, kAny);
    TimedSocket socket = make_socket(kPatience);
    ASSERT_FALSE(connect(socket, {acceptor.local_endpoint()}));
    socket.expires_at(TimedSocket::Clock::now() + 20ms);
    EXPECT_EQ(read(socket), boost::asio::error::timed_out);
    socket.expires_at(TimedSocket::Clock::now() + 20ms);
    EXPECT_EQ(write_without_end(socket), boost::asio::error::timed_out);
}

TEST_F(TimedSockets, ADeadlineCountsAnewOnceItIsPutOff) {
    tcp::acceptor acceptor(context_, kAny);
    TimedSocket socket = make_socket(kPatience);
    ASSERT_FALSE(connect(socket, {acceptor.local_endpoint()}));
    tcp::socket peer = acceptor.accept();
    socket.expires_at(TimedSocket::Clock::now());
    EXPECT_EQ(read(socket), boost::asio::error::timed_out);
    boost::asio::write(peer, boost::asio::buffer("late", 4));
    socket.expires_at(TimedSocket::Clock::now() + kPatience);
    EXPECT_EQ(read(socket), error_code());
}

TEST_F(TimedSockets, TheFirstEndpointThatAcceptsIsTaken) {
    const tcp::acceptor first(context_, kAny), second(context_, kAny);
    TimedSocket socket = make_socket(kPatience);
    ASSERT_FALSE(connect(socket, {find_nobody(), first.local_endpoint(), second.local_endpoint()}));
    EXPECT_EQ(socket.lowest_layer().remote_endpoint(), first.local_endpoint());
}

TEST_F(TimedSockets, WhereNobodyAcceptsTheLastErrorIsTold) {
    TimedSocket socket = make_socket(kPatience);
    EXPECT_EQ(connect(socket, {find_nobody(), find_nobody()}), boost::asio::error::connection_refused);
    EXPECT_EQ(connect(socket, {}), boost::asio::error::not_found);
}

/// Connects until a connection is neither accepted nor refused, as the queue of those who wait is full.
TEST_F(TimedSockets, ConnectingEndsByTheDeadlineWhateverOtherEndpointsThereAre) {
    tcp::acceptor full(context_);
    full.open(kAny.protocol());
    full.bind(kAny);
    full.listen(0);
    const tcp::acceptor other(context_, kAny);
    constexpr std::size_t kMost = 64;
    std::vector<TimedSocket> queued;
    error_code error;
    while (!error && queued.size() < kMost) {
        queued.push_back(make_socket(50ms));
        error = connect(queued.back(), {full.local_endpoint(), other.local_endpoint()});
    }
    EXPECT_EQ(error, boost::asio::error::timed_out);
}

TEST_F(TimedSockets, APeerThatIsGoneEndsReadingAndWriting) {
    tcp::acceptor acceptor(context_, kAny);
    TimedSocket socket = make_socket(kPatience);
    ASSERT_FALSE(connect(socket, {acceptor.local_endpoint()}));
    acceptor.accept().close();
    EXPECT_EQ(read(socket), boost::asio::error::eof);
    const error_code error = write_without_end(socket);
    EXPECT_TRUE(error == boost::asio::error::broken_pipe || error == boost::asio::error::connection_reset) << error;
}

}  // namespace
}  // namespace understudy::client::timed_socket_test
