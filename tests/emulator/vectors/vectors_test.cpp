// Requests to events and replies to answers, to the byte, as the files in tests/data/vectors say. Each vector names its
// source; what AWS was never seen to do is no vector.
#include "emulator/app/single_function.hpp"
#include "emulator/gateway/front_door.hpp"
#include "emulator/http/base64.hpp"
#include "emulator/net/request_parser.hpp"
#include "emulator/net/response_head.hpp"
#include "emulator/source/document.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

namespace understudy {
namespace {

using Kind = gateway::FunctionReply::Kind;

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A vector, with what its file says of all of them behind it.
class Vector {
  public:
    Vector(source::Node own, source::Node file) : own_(own), file_(file) {}

    std::string text(std::string_view key) const {
        const auto found = find(key);
        return found ? std::string(found->text()) : std::string();
    }
    std::optional<source::Node> find(std::string_view key) const {
        const auto found = own_.find(key);
        return found ? found : file_.find(key);
    }
    bool is_request() const { return own_.find("event").has_value(); }
    std::string place() const { return own_.file() + ':' + std::to_string(own_.position().line); }

  private:
    source::Node own_;
    source::Node file_;
};

/// The lines of a head end with CR LF; behind the empty line the body begins, and a block's last line end is no part
/// of it.
std::string to_wire(std::string block) {
    if (block.ends_with('\n')) block.pop_back();
    const auto end = block.find("\n\n");
    std::string wire;
    for (const char c : block.substr(0, end)) wire += c == '\n' ? std::string("\r\n") : std::string(1, c);
    wire += "\r\n\r\n";
    return end == std::string::npos ? wire : wire + block.substr(end + 2);
}

std::string request_bytes(const Vector& vector) {
    std::string wire = to_wire(vector.text("request"));
    if (vector.find("body_base64")) wire += http::parse_base64(vector.text("body_base64")).value();
    const auto body = wire.size() - wire.find("\r\n\r\n") - 4;
    if (body == 0) return wire;
    return wire.insert(wire.find("\r\n\r\n"), "\r\nContent-Length: " + std::to_string(body));
}

http::Request parse(const std::string& bytes) {
    net::RequestParser parser({});
    const std::size_t used = parser.feed(bytes);
    const std::string_view body = std::string_view(bytes).substr(used);
    parser.request().body.append(body);
    if (parser.body_left() > 0) parser.body_arrived(body.size());
    EXPECT_TRUE(parser.done()) << bytes;
    return parser.request();
}

gateway::FrontDoor make_door(const Vector& vector) {
    app::FrontOptions options;
    if (const auto binary = vector.find("binary")) {
        for (const source::Node& type : binary->items()) options.binary_media_types.emplace_back(type.text());
    }
    options.multi_value_headers = vector.text("multi_value") == "true";
    if (vector.text("stream") == "true") options.transfer = app::TransferMode::stream;
    app::Application application;
    app::Api api = app::to_single_function_api(app::find_front(vector.text("front")).value(), options, "function");
    api.id = "abcdefghij";
    if (const auto routes = vector.find("routes")) {
        const app::Integration integration = api.routes.front().integration;
        api.routes.clear();
        for (const source::Node& route : routes->items()) {
            const std::string key(route.text());
            const auto blank = key.find(' ');
            api.routes.push_back({.method = blank == std::string::npos ? "" : key.substr(0, blank),
                                  .path = blank == std::string::npos ? key : key.substr(blank + 1),
                                  .integration = integration});
        }
    }
    application.apis.push_back(std::move(api));
    return {application, application.apis.front()};
}

std::string to_wire(const http::Response& response) {
    const net::Framing framing;
    std::string wire = net::render_head(response, framing);
    if (net::carries_body(response, framing)) wire += response.body.view();
    return wire;
}

void expect_event(const Vector& vector) {
    gateway::FrontDoor door = make_door(vector);
    const auto verdict = door.admit(parse(request_bytes(vector)), event::sample_facts());
    const auto* accepted = std::get_if<gateway::Accepted>(&verdict);
    ASSERT_NE(accepted, nullptr) << vector.place();
    const auto document = event::parse_json(accepted->event);
    for (const auto& [pointer, expected] : vector.find("event")->members()) {
        const std::string seen = event::at(document, pointer.text());
        const std::string wanted =
            expected.text() == "absent" ? "absent" : boost::json::serialize(event::parse_json(expected.text()));
        EXPECT_EQ(seen, wanted) << vector.place() << ": " << pointer.text();
    }
}

/// What the client gets: the answer to the reply, or the gateway's own.
http::Response answer(const Vector& vector, gateway::FrontDoor& door) {
    const std::string request = vector.find("request") ? request_bytes(vector) : "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    auto verdict = door.admit(parse(request), event::sample_facts());
    if (auto* own = std::get_if<gateway::Answer>(&verdict)) return std::move(own->response);
    static const std::map<std::string, Kind> kKinds{{"", Kind::succeeded},
                                                    {"error", Kind::function_error},
                                                    {"throttled", Kind::throttled},
                                                    {"late", Kind::timed_out}};
    const auto& ticket = std::get<gateway::Accepted>(verdict).ticket;
    return door.answer(ticket, {kKinds.at(vector.text("outcome")), vector.text("reply")}, event::kSampleTime).response;
}

void expect_response(const Vector& vector) {
    gateway::FrontDoor door = make_door(vector);
    std::string expected = to_wire(vector.text("response"));
    if (vector.find("response_base64")) expected += http::parse_base64(vector.text("response_base64")).value();
    EXPECT_EQ(to_wire(answer(vector, door)), expected) << vector.place();
}

/// All vectors, each file's in its order.
template <class Do>
void each_vector(Do with) {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(UNDERSTUDY_SOURCE_DIR "/tests/data/vectors")) {
        if (entry.path().extension() == ".yaml") files.insert(entry.path());
    }
    for (const auto& file : files) {
        const auto document = source::parse_document(read_file(file), file.filename().string());
        ASSERT_TRUE(document) << document.error();
        const source::Node root = document->root();
        const auto vectors = root.find("vectors");
        ASSERT_TRUE(vectors) << file;
        for (const source::Node& own : vectors->items()) with(Vector(own, root));
    }
}

TEST(Vectors, RequestsBecomeTheirEvents) {
    each_vector([](const Vector& vector) {
        if (vector.is_request()) expect_event(vector);
    });
}

TEST(Vectors, RepliesBecomeTheirAnswers) {
    each_vector([](const Vector& vector) {
        if (!vector.is_request()) expect_response(vector);
    });
}

TEST(Vectors, AreManyEachWithItsSourceBothWaysThroughEveryFront) {
    std::map<std::pair<std::string, bool>, int> counts;
    int all = 0;
    each_vector([&](const Vector& vector) {
        EXPECT_NE(vector.text("source"), "") << vector.place();
        EXPECT_NE(vector.text("name"), "") << vector.place();
        ++counts[{vector.text("front"), vector.is_request()}];
        ++all;
    });
    EXPECT_GE(all, 150);
    for (const app::FrontKind front : app::all_fronts()) {
        for (const bool request : {false, true}) {
            EXPECT_GE((counts[{std::string(app::front_name(front)), request}]), 5)
                << app::front_name(front) << (request ? " requests" : " replies");
        }
    }
}

}  // namespace
}  // namespace understudy
