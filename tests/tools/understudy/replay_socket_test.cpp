#include "tools/understudy/replay_socket.hpp"

#include "emulator/http/websocket_frame.hpp"
#include "tests/support/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>

namespace understudy::cli::replay_socket_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::chrono::seconds kLong{30};
constexpr const char* kGranted = "HTTP/1.1 101 Switching Protocols\r\n\r\n";

std::string url_of(const test::ScriptedServer& server) {
    return "ws://" + server.authority() + "/prod";
}

/// What a server of this script has sent in all, once it has left.
ReceivedMessages receive_of(const std::string& frames) {
    test::ScriptedServer server([&](test::ScriptedServer& self) {
        auto peer = self.accept();
        peer.read_head();
        peer.write(kGranted + frames);
    });
    ReplaySocket socket;
    EXPECT_TRUE(socket.open(url_of(server), {}, kLong));
    server.wait();
    return socket.receive();
}

TEST(ReplaySocket, TellsThatTheServerHasClosed) {
    const auto closed = receive_of(http::render_text_frame("hi") + http::render_close_frame(1009, "too long"));
    EXPECT_THAT(closed.messages, ElementsAre("hi"));
    EXPECT_EQ(closed.close_code, 1009);
    const auto left = receive_of(http::render_text_frame("hi"));
    EXPECT_THAT(left.messages, ElementsAre("hi"));
    EXPECT_EQ(left.close_code, 1006);
}

TEST(ReplaySocket, AServerThatIsThereIsNotWaitedFor) {
    std::promise<void> looked;
    test::ScriptedServer server([&](test::ScriptedServer& self) {
        auto peer = self.accept();
        peer.read_head();
        peer.write(kGranted);
        looked.get_future().wait();
    });
    ReplaySocket socket;
    const auto granted = socket.open(url_of(server), {}, kLong);
    const auto received = socket.receive();
    looked.set_value();
    EXPECT_TRUE(granted && *granted);
    EXPECT_TRUE(received.messages.empty());
    EXPECT_EQ(received.close_code, std::nullopt);
}

TEST(ReplaySocket, AHandshakeThatNobodyAnswersHasAnEnd) {
    std::promise<void> given_up;
    test::ScriptedServer server([&](test::ScriptedServer& self) {
        auto peer = self.accept();
        peer.read_head();
        peer.write("HTTP/1.1 101 ");
        given_up.get_future().wait();
    });
    ReplaySocket socket;
    const auto granted = socket.open(url_of(server), {}, std::chrono::milliseconds(50));
    given_up.set_value();
    ASSERT_FALSE(granted);
    EXPECT_THAT(granted.error().message(), HasSubstr("timed out"));
}

}  // namespace
}  // namespace understudy::cli::replay_socket_test
