// `understudy explain` beside a running `understudy serve`: what both say of the same bytes.
#include "emulator/app/single_function.hpp"
#include "tests/emulator/net/loopback.hpp"
#include "tests/tools/understudy/running_program.hpp"
#include "tools/understudy/explain_report.hpp"
#include "tools/understudy/explained_request.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <string>

namespace understudy::cli {
namespace {

std::string to_bytes(const http::Request& request) {
    std::string bytes = request.method + ' ' + request.target + " HTTP/1.1\r\n";
    for (const auto line : request.headers) bytes.append(line.name).append(": ").append(line.value).append("\r\n");
    return bytes + "\r\n" + request.body;
}

const std::string kReply = R"({"statusCode":299})";

/// The status that a client gets.
int status_of(const Explanation& explanation) {
    EXPECT_NE(explanation.answer.has_value(), explanation.call.has_value());
    const auto& response = explanation.answer ? explanation.answer : explanation.response;
    return response ? response->status : 0;
}

/// `understudy serve` with one function behind a front.
class Served {
  public:
    explicit Served(app::FrontKind front)
        : run_({"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--front", std::string(app::front_name(front)),
                "--env", "ORDER=reply", "--env", "REPLY=" + kReply, "--", UNDERSTUDY_PROGRAM_DIR "/scripted_handler"}) {
        const auto ready = boost::json::parse(run_.read_line());
        const std::string url(ready.at("gateway").as_string());
        port_ = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
        application_.apis.push_back(app::to_single_function_api(front, {}, application_.functions.emplace_back().name));
    }

    int status_of(const std::string& bytes) const {
        net::RawClient client(port_);
        client.write(bytes);
        return client.read_reply().status;
    }
    Explanation explain(const http::Request& request) const {
        return explain_request(application_, request, kReply).at(0);
    }

  private:
    test::RunningProgram run_;
    std::uint16_t port_ = 0;
    app::Application application_;
};

TEST(ExplainAndServe, AnswerOddTargetsAlike) {
    for (const app::FrontKind front : app::all_fronts()) {
        const Served served(front);
        for (const std::string target :
             {"ftp://x/y", "urn:x://y", "?u=http://x/y", "a/b://c/d", "://x/y",     "mailto:x",    "*",
              "a.b:443",   "x",         "/a b",          "/\x7f",     "http:/x/y",  "http://x /y", "/a#b",
              "/%00",      "/a%zz",     "//x/y",         "http:///y", "HTTP://x?q", "/\xe9"}) {
            for (const char* method : {"GET", "OPTIONS", "CONNECT"}) {
                http::Request request{method, "", 1, {{"Host", "localhost"}}, ""};
                set_target(request, target);
                const std::string head = std::string(method) + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
                EXPECT_EQ(served.status_of(head), status_of(served.explain(request)))
                    << app::front_name(front) << ' ' << method << ' ' << target;
            }
        }
    }
}

TEST(ExplainAndServe, AnswerAlikeWhatIsTooLarge) {
    const std::string path = '/' + std::string(20'000, 'x');
    const std::string body(10 * 1024 * 1024 + 1, 'x');
    for (const app::FrontKind front : app::all_fronts()) {
        const Served served(front);
        for (const auto& [target, value, length] : {std::tuple(std::string("/"), std::string("v"), std::size_t(0)),
                                                    {path, "v", 0},
                                                    {"/", std::string(70'000, 'v'), 0},
                                                    {path, std::string(250'000, 'v'), 0},
                                                    {"/", "v", body.size()},
                                                    {path, "v", body.size()},
                                                    {"/", std::string(70'000, 'v'), body.size()}}) {
            const http::Headers headers{
                {"Host", "localhost"}, {"X-Long", value}, {"Content-Length", std::to_string(length)}};
            const http::Request request{"POST", target, 1, headers, body.substr(0, length)};
            EXPECT_EQ(served.status_of(to_bytes(request)), status_of(served.explain(request)))
                << app::front_name(front) << ' ' << target.size() << ' ' << value.size() << ' ' << length;
        }
    }
}

}  // namespace
}  // namespace understudy::cli
