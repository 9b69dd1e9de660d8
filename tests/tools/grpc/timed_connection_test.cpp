#include "tools/grpc/timed_connection.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <gtest/gtest.h>

namespace understudy::grpc::timed_connection_test {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

/// More than the buffers of a connection take.
std::string make_large() {
    return std::string(64 * 1024 * 1024, 'x');
}

const tcp::endpoint kAny(boost::asio::ip::make_address("127.0.0.1"), 0);

source::Result<TimedConnection> connect_to(const tcp::acceptor& acceptor, std::chrono::milliseconds time) {
    return TimedConnection::connect("127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()),
                                    TimedConnection::Clock::now() + time);
}

TEST(TimedConnection, SendingEndsInTimeToo) {
    boost::asio::io_context context;
    // What is not accepted is not read either.
    const tcp::acceptor acceptor(context, kAny);
    const auto socket = connect_to(acceptor, 50ms);
    ASSERT_TRUE(socket);
    EXPECT_EQ(socket->send(make_large()), TimedConnection::Outcome::late);
}

TEST(TimedConnection, SendingToWhoIsGoneSaysSo) {
    boost::asio::io_context context;
    tcp::acceptor acceptor(context, kAny);
    const auto socket = connect_to(acceptor, 20s);
    ASSERT_TRUE(socket);
    acceptor.accept().close();
    EXPECT_EQ(socket->send(make_large()), TimedConnection::Outcome::closed);
}

}  // namespace
}  // namespace understudy::grpc::timed_connection_test
