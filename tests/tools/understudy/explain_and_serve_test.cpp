// `understudy explain` beside a running `understudy serve`: what both say of the same bytes.
#include "emulator/app/single_function.hpp"
#include "tests/emulator/net/loopback.hpp"
#include "tests/tools/understudy/running_program.hpp"
#include "tools/understudy/application_loader.hpp"
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

const std::string kTemplate = R"(Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {CodeUri: HANDLER, Handler: x, Runtime: provided.al2023, Environment: {Variables: {ORDER: reply, REPLY: '{"statusCode":299}'}}}
  Api: {BinaryMediaTypes: ['*/*'], Cors: "'*'"}
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: '/a/{id}', Method: get}}
        K: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /key, Method: get, Auth: {ApiKeyRequired: true}}}
        S: {Type: Api, Properties: {RestApiId: !Ref Rest, Path: /shut, Method: get}}
        H: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /h, Method: get}}
  Zero:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: 0
      FunctionUrlConfig: {AuthType: NONE}
      Events: {Z: {Type: HttpApi, Properties: {ApiId: !Ref Http, Path: /zero, Method: get}}}
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: prod, MethodSettings: [{ResourcePath: /shut, HttpMethod: GET, ThrottlingBurstLimit: 0, ThrottlingRateLimit: 0}]}}
  Http: {Type: AWS::Serverless::HttpApi, Properties: {StageName: v1, CorsConfiguration: {AllowOrigins: ['https://a.example'], AllowMethods: [GET]}}}
  Gone: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Http, IntegrationType: AWS_PROXY, PayloadFormatVersion: '2.0', IntegrationUri: !Sub '${A.Arn}:gone'}}
  ToGone: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Http, RouteKey: GET /gone, Target: !Sub 'integrations/${Gone}'}}
  Load: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, Targets: [{Id: !GetAtt A.Arn}]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Load, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Group}]}}
  Moved: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 1, Conditions: [{Field: path-pattern, Values: [/old/*]}], Actions: [{Type: redirect, RedirectConfig: {StatusCode: HTTP_301, Path: '/new/#{path}'}}]}}
)";

TEST(ExplainAndServe, AnswerRoutesOfATemplateAlike) {
    test::TempFolder folder;
    std::string text = kTemplate;
    text.replace(text.find("HANDLER"), std::string("HANDLER").size(), UNDERSTUDY_PROGRAM_DIR "/scripted_handler");
    const std::string file = folder.write("template.yaml", text);
    test::RunningProgram run({"serve", "--port", "0", "--lambda-port", "0", "--quiet", file});
    const auto ready = boost::json::parse(run.read_line());
    const std::string url(ready.at("gateway").as_string());
    const auto port = static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
    ApplicationFiles files;
    files.template_file = file;
    ApplicationLoader loader(folder.path(), files);
    const auto loaded = loader.load({});
    ASSERT_TRUE(loaded) << loaded.error();
    const struct {
        std::string target;
        int get, options;
    } rows[] = {
        {"/_apis/Rest/prod/a/7", 299, 500},  {"/_apis/Rest/prod/key", 403, 500},  {"/_apis/Rest/prod/shut", 429, 500},
        {"/_apis/Rest/prod/none", 403, 403}, {"/_apis/Rest/none", 403, 403},      {"/_apis/Http/v1/h", 299, 204},
        {"/_apis/Http/h", 404, 404},         {"/_apis/Http/v1/zero", 503, 204},   {"/_apis/Http/v1/gone", 500, 204},
        {"/_apis/Zero/", 429, 429},          {"/_apis/Listener/old/x", 301, 301}, {"/_apis/Listener/x", 299, 299},
        {"/_apis/none/x", 404, 404}};
    for (const auto& row : rows) {
        for (const char* method : {"GET", "OPTIONS"}) {
            const http::Request request{
                method,
                row.target,
                1,
                {{"Host", "localhost"}, {"Origin", "https://a.example"}, {"Access-Control-Request-Method", "GET"}},
                ""};
            const int expected = method == std::string("GET") ? row.get : row.options;
            EXPECT_EQ(status_of(explain_request(loaded->application, request, kReply).at(0)), expected)
                << "explain " << method << ' ' << row.target;
            net::RawClient client(port);
            client.write(to_bytes(request));
            EXPECT_EQ(client.read_reply().status, expected) << "serve " << method << ' ' << row.target;
        }
    }
}

}  // namespace
}  // namespace understudy::cli
