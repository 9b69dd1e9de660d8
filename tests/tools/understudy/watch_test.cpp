// A handler that is built anew while requests flow: `understudy serve --watch` as people run it.
#include "client/http_exchange.hpp"
#include "tests/support/count_of.hpp"
#include "tests/support/token_issuer.hpp"
#include "tests/support/wait_until.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace understudy::test {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

const std::string kHandler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";

/// Clients that ask without pause, each one request after the other, until the object goes.
class Traffic {
  public:
    explicit Traffic(std::string gateway) : gateway_(std::move(gateway)) {
        for (int i = 0; i < 3; ++i) clients_.emplace_back([this] { ask(); });
    }
    ~Traffic() {
        stopped_ = true;
        for (std::thread& client : clients_) client.join();
    }
    Traffic(const Traffic&) = delete;
    Traffic& operator=(const Traffic&) = delete;

    /// Waits until an answer holds the text; fails the test where none comes to.
    void wait_for(const std::string& text) {
        std::unique_lock lock(mutex_);
        const bool came = changed_.wait_for(lock, kPatience, [&] { return last_.find(text) != std::string::npos; });
        EXPECT_TRUE(came) << "no answer holds " << text << "; the last one: " << last_;
    }
    std::vector<std::string> failures() const {
        const std::lock_guard lock(mutex_);
        return failures_;
    }
    std::size_t answered() const { return answered_; }

  private:
    void ask() {
        client::HttpClient client(*client::parse_url(gateway_));
        while (!stopped_) {
            const auto exchange = client.exchange({"GET", "/?do=environment", {}, {}}, std::chrono::seconds(60));
            const std::lock_guard lock(mutex_);
            if (!exchange) {
                failures_.push_back(exchange.error().message());
            } else if (exchange->status != 200) {
                failures_.push_back(std::to_string(exchange->status) + ' ' + exchange->body);
            } else {
                last_ = exchange->body;
                ++answered_;
            }
            changed_.notify_all();
        }
    }

    std::string gateway_;
    std::atomic<bool> stopped_ = false;
    std::atomic<std::size_t> answered_ = 0;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::string last_;
    std::vector<std::string> failures_;
    std::vector<std::thread> clients_;
};

/// Waits until the program has said so; `meanwhile` is asked again and again.
template <typename Ask>
void wait_for_line(const RunningProgram& run, const std::string& line, Ask meanwhile) {
    wait_until(line, [&] {
        meanwhile();
        return run.err().find(line) != std::string::npos;
    });
}

/// The handler, which then finds the name of its build among its variables.
std::string script(const std::string& build) {
    return "#!/bin/sh\nBUILD=" + build + " exec " + kHandler + "\n";
}

void write_program(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
    fs::permissions(path, fs::perms::owner_all);
}

/// As a linker leaves it: a new file under the old name.
void rename_over(const fs::path& path, const std::string& text) {
    const fs::path fresh = path.string() + ".new";
    write_program(fresh, text);
    fs::rename(fresh, path);
}

TEST(WatchProgram, ANewBuildAnswersWithinASecondAndNoRequestFails) {
    const TempFolder folder;
    const fs::path handler = fs::path(folder.path()) / "code" / "bootstrap";
    fs::create_directory(handler.parent_path());
    fs::copy_file(kHandler, handler);
    // With more environments a new one may run the new program before the reload.
    RunningProgram run(
        {"serve", "--watch", "--max-environments", "1", "--port", "0", "--lambda-port", "0", "--", handler.string()});
    const auto ready = boost::json::parse(run.read_line());
    Clock::duration fastest = Clock::duration::max();
    {
        Traffic traffic(std::string(ready.at("gateway").as_string()));
        traffic.wait_for("AWS_LAMBDA_FUNCTION_NAME=function");
        const auto replace = [&](const std::string& build, const auto& write) {
            const auto began = Clock::now();
            write(handler, script(build));
            traffic.wait_for("BUILD=" + build + '\n');
            fastest = std::min(fastest, Clock::now() - began);
        };
        replace("renamed", rename_over);
        replace("rewritten", write_program);
        replace("again", rename_over);
        EXPECT_GT(traffic.answered(), 3U);
        EXPECT_THAT(traffic.failures(), testing::IsEmpty());
    }
    // The fastest of three: a machine that is busy with other tests may take longer once.
    EXPECT_LT(fastest, std::chrono::seconds(1));
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    EXPECT_NE(run.err().find("reloaded: function function has new code"), std::string::npos);
    fs::remove_all(handler.parent_path());
}

/// An OpenAPI document with a route for each of the paths, all to the function Foo.
std::string document(const std::vector<std::string>& paths) {
    std::string text = "openapi: 3.0.1\ninfo: {title: T, version: '1'}\npaths:\n";
    for (const std::string& path : paths) {
        text += "  " + path +
                ": {get: {x-amazon-apigateway-integration: {type: aws_proxy, payloadFormatVersion: '2.0', uri: "
                "'arn:aws:lambda:us-east-1:123456789012:function:Foo'}}}\n";
    }
    return text;
}

TEST(WatchProgram, AnOpenApiDocumentBehindACommandIsReadAgain) {
    TempFolder folder;
    const std::string path = folder.write("api.yaml", document({"/a"}));
    RunningProgram run({"serve", "--port", "0", "--lambda-port", "0", "--openapi", path, "--", kHandler});
    const auto ready = boost::json::parse(run.read_line());
    client::HttpClient client(*client::parse_url(std::string(ready.at("gateway").as_string())));
    const auto status = [&](const std::string& target) {
        return client.exchange({"GET", target, {}, {}}, std::chrono::seconds(60)).value().status;
    };
    EXPECT_EQ(status("/a"), 200);
    EXPECT_EQ(status("/b"), 404);
    // Each round asks again until the reload shows.
    std::ofstream(path) << document({"/a", "/b"});
    run.send(SIGHUP);
    wait_until("a route /b", [&] {
        EXPECT_EQ(status("/a"), 200);
        return status("/b") == 200;
    });
    std::ofstream(path) << "openapi: 3.0.1\npaths: [\n";
    run.send(SIGHUP);
    const std::string kept = "not reloaded, the old one keeps serving:";
    wait_for_line(run, kept, [&] { EXPECT_EQ(status("/b"), 200); });
    std::ofstream(path) << document({"/b"});
    run.send(SIGHUP);
    wait_until("no route /a any more", [&] {
        EXPECT_EQ(status("/b"), 200);
        return status("/a") == 404;
    });
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
    EXPECT_THAT(run.err(), testing::HasSubstr("reloaded: function Foo is started anew, routes of HTTP API "));
    EXPECT_THAT(run.err(), testing::HasSubstr(": 1 new (GET /b) ("));
}

TEST(WatchProgram, ADocumentThatIsGoneIsToldAndTheOldOneServes) {
    TempFolder folder;
    const fs::path path = folder.write("api.yaml", document({"/a"}));
    RunningProgram run(
        {"serve", "--watch", "--port", "0", "--lambda-port", "0", "--openapi", path.string(), "--", kHandler});
    const auto ready = boost::json::parse(run.read_line());
    client::HttpClient client(*client::parse_url(std::string(ready.at("gateway").as_string())));
    const auto status = [&] { return client.exchange({"GET", "/a", {}, {}}, std::chrono::seconds(60)).value().status; };
    EXPECT_EQ(status(), 200);
    fs::rename(path, path.string() + ".away");
    const std::string told = "not reloaded, the old one keeps serving:\n'" + path.string() + "' is gone\n";
    wait_for_line(run, told, [&] { EXPECT_EQ(status(), 200); });
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
}

/// A zip with a handler that finds the name of its build, as a build tool leaves it.
void pack(const fs::path& zip, const std::string& build) {
    const fs::path program = zip.parent_path() / "bootstrap", fresh = zip.string() + ".new";
    write_program(program, script(build));
    ASSERT_EQ(run_file("/usr/bin/python3", {"-m", "zipfile", "-c", fresh.string(), program.string()}, {}).exit_code, 0);
    fs::rename(fresh, zip);
}

TEST(WatchProgram, WhatWasUnpackedOfAnEarlierBuildGoesWithItsLastEnvironment) {
    TempFolder folder;
    const fs::path zip = fs::path(folder.path()) / "fn.zip", gate = fs::path(folder.path()) / "gate";
    ASSERT_EQ(::mkfifo(gate.c_str(), 0600), 0);
    pack(zip, "1");
    const std::string path = folder.write(
        "template.yaml",
        "Transform: AWS::Serverless-2016-10-31\nResources: {F: {Type: AWS::Serverless::Function, Properties: {Runtime: "
        "provided.al2023, Handler: x, CodeUri: fn.zip, Timeout: 60, Environment: {Variables: {GATE: '" +
            gate.string() + "'}}, Events: {A: {Type: HttpApi, Properties: {Path: /, Method: get}}}}}}\n");
    RunningProgram run({"serve", path, "--watch", "--port", "0", "--lambda-port", "0"});
    const auto ready = boost::json::parse(run.read_line());
    const auto ask = [&](const std::string& order) {
        client::HttpClient client(*client::parse_url(std::string(ready.at("gateway").as_string())));
        return client.exchange({"GET", "/?do=" + order, {}, {}}, std::chrono::seconds(60)).value().body;
    };
    // Each round asks again until that build answers.
    const auto wait_for_root = [&](const std::string& build) -> fs::path {
        const std::string name = "LAMBDA_TASK_ROOT=";
        std::string variables;
        wait_until("an answer of build " + build, [&] {
            variables = ask("environment");
            return variables.find("BUILD=" + build + '\n') != std::string::npos;
        });
        const auto begin = variables.find(name) + name.size();
        return variables.substr(begin, variables.find('\n', begin) - begin);
    };
    const auto wait_for_removal = [&](const fs::path& root) {
        wait_until("no folder " + root.string() + " any more", [&] {
            ask("id");
            return !fs::exists(root);
        });
    };
    const fs::path first = wait_for_root("1");
    auto in_flight = std::async(std::launch::async, [&] { return ask("gate"); });
    wait_for_line(run, "at the gate", [&] { ask("id"); });
    ASSERT_FALSE(HasFailure()) << "whoever writes to the gate waits for its reader";
    pack(zip, "2");
    const fs::path second = wait_for_root("2");
    pack(zip, "3");
    wait_for_root("3");
    wait_for_removal(second);
    pack(zip, "4");  // It waits until all has been removed that is.
    const fs::path last = wait_for_root("4");
    EXPECT_TRUE(fs::exists(first)) << "an invocation of it is in flight";
    std::ofstream(gate) << "still there\n";
    EXPECT_EQ(in_flight.get(), "still there");
    wait_for_removal(first);
    EXPECT_TRUE(fs::exists(last));
    run.send(SIGTERM);
    EXPECT_EQ(run.wait(), 0);
}

TEST(WatchProgram, FilesOfAnIssuersKeysAreReadAgain) {
    TempFolder folder;
    const TokenIssuer issuer;
    const fs::path keys = folder.write("keys.json", issuer.key_set("old"));
    fs::create_directory(fs::path(folder.path()) / "code");
    fs::copy_file(kHandler, fs::path(folder.path()) / "code" / "bootstrap");
    const std::string path = folder.write(
        "template.yaml",
        "Transform: AWS::Serverless-2016-10-31\nResources:\n"
        "  H: {Type: AWS::Serverless::HttpApi, Properties: {Auth: {DefaultAuthorizer: T, Authorizers: {T: "
        "{IdentitySource: $request.header.Authorization, JwtConfiguration: {issuer: 'https://i.example', audience: "
        "[app]}}}}}}\n"
        "  F: {Type: AWS::Serverless::Function, Properties: {Runtime: provided.al2023, Handler: x, CodeUri: code/, "
        "Events: {A: {Type: HttpApi, Properties: {ApiId: !Ref H, Path: /a, Method: get}}}}}\n");
    RunningProgram run({"serve", path, "--watch", "--port", "0", "--lambda-port", "0", "--jwks",
                        "https://i.example=" + keys.string()});
    const auto ready = boost::json::parse(run.read_line());
    client::HttpClient client(*client::parse_url(std::string(ready.at("gateway").as_string())));
    const auto status = [&](const std::string& key) {
        const std::string token = issuer.sign(R"({"alg":"RS256","kid":")" + key + "\"}",
                                              R"({"iss":"https://i.example","aud":"app","exp":9999999999})");
        return client
            .exchange({"GET", "/a?do=environment", {{"Authorization", "Bearer " + token}}, {}},
                      std::chrono::seconds(60))
            .value()
            .status;
    };
    EXPECT_EQ(status("old"), 200);
    EXPECT_EQ(status("new"), 401);
    // Each round asks again until the reload shows.
    rename_over(keys, issuer.key_set("new"));
    wait_until("the new key", [&] { return status("new") == 200; });
    EXPECT_EQ(status("old"), 401);
    rename_over(keys, "{half a document");
    wait_for_line(run, "is no JWKS document (--jwks)", [&] { EXPECT_EQ(status("new"), 200); });
    fs::remove(keys);
    run.send(SIGHUP);
    wait_for_line(run, "there is no file", [&] { EXPECT_EQ(status("new"), 200); });
    EXPECT_THAT(run.err(), testing::HasSubstr("not reloaded, the old one keeps serving:"));
    EXPECT_THAT(run.err(), testing::HasSubstr("reloaded: other keys of https://i.example ("));
    EXPECT_THAT(run.err(), testing::HasSubstr("(--jwks)"));
}

/// A template with functions, each behind GET /NAME of an HTTP API, in the folder CODE.
struct ServedFunction {
    std::string name;
    std::string code;
};
std::string application(const std::vector<ServedFunction>& functions) {
    std::string text = "Transform: AWS::Serverless-2016-10-31\nResources:\n";
    for (const auto& [name, code] : functions) {
        text +=
            "  " + name + ": {Type: AWS::Serverless::Function, Properties: {Runtime: provided.al2023, Handler: x, " +
            "CodeUri: " + code + "/, Events: {A: {Type: HttpApi, Properties: {Path: /" + name + ", Method: get}}}}}\n";
    }
    return text;
}

/// A folder with code, and a server that watches it.
class WatchedFolder {
  public:
    explicit WatchedFolder(const std::vector<std::string>& folders) {
        for (const std::string& folder : folders) {
            fs::create_directory(path() / folder);
            write_program(path() / folder / "bootstrap", script("first"));
        }
    }
    ~WatchedFolder() {
        run_.reset();
        fs::remove_all(path());
    }
    WatchedFolder(const WatchedFolder&) = delete;
    WatchedFolder& operator=(const WatchedFolder&) = delete;

    fs::path path() const { return folder_.path(); }
    void write(const std::string& name, const std::string& text) const { std::ofstream(path() / name) << text; }
    void serve(std::vector<std::string> options = {"--port", "0"}) {
        options.insert(options.begin(),
                       {"serve", (path() / "template.yaml").string(), "--watch", "--lambda-port", "0"});
        run_.emplace(std::move(options));
        ready_ = boost::json::parse(run_->read_line());
        client_.emplace(*client::parse_url(std::string(ready_.at("gateway").as_string())));
    }
    client::Exchange get(const std::string& target) {
        return client_->exchange({"GET", target + "?do=environment", {}, {}}, std::chrono::seconds(60)).value();
    }
    /// Waits until standard error holds the text; requests go to `target` meanwhile where one is named.
    void wait_for(const std::string& text, const std::string& target = {}) {
        wait_for_line(*run_, text, [&] {
            if (!target.empty()) {
                EXPECT_EQ(get(target).status, 200);
            }
        });
    }
    std::string err() const { return run_->err(); }

  private:
    TempFolder folder_;
    std::optional<RunningProgram> run_;
    boost::json::value ready_;
    std::optional<client::HttpClient> client_;
};

TEST(WatchProgram, ABrokenBuildIsToldToServeOnlyWhereAnEnvironmentOfTheOldOneIs) {
    WatchedFolder served({"cold", "warm"});
    served.write("template.yaml", application({{"Cold", "cold"}, {"Warm", "warm"}}));
    served.serve();
    EXPECT_EQ(served.get("/Warm").status, 200);
    write_program(served.path() / "warm/bootstrap", "garbage");
    served.wait_for("not reloaded, the old one keeps serving:\nfunction Warm: ", "/Warm");
    EXPECT_THAT(served.err(), testing::Not(testing::HasSubstr("no environment is left")));
    write_program(served.path() / "cold/bootstrap", "garbage");
    served.wait_for("not reloaded:\nfunction Cold: ");
    served.wait_for(
        "function Cold: no environment is left from before, so until that is mended calls run the files as "
        "they are now, and fail where these are broken\n");
    EXPECT_EQ(served.get("/Cold").status, 500);
    EXPECT_EQ(served.get("/Warm").status, 200);
    write_program(served.path() / "cold/bootstrap", script("mended"));
    served.wait_for("reloaded: function Cold has new code (");
    EXPECT_THAT(served.get("/Cold").body, testing::HasSubstr("BUILD=mended"));
}

TEST(WatchProgram, ABrokenFunctionHoldsNoOtherBack) {
    WatchedFolder served({"a", "z"});
    served.write("template.yaml", application({{"A", "a"}, {"Z", "z"}}));
    served.serve();
    EXPECT_EQ(served.get("/Z").status, 200);
    write_program(served.path() / "z/bootstrap", "garbage");
    served.wait_for("not reloaded, the old one keeps serving:\nfunction Z: ", "/Z");
    write_program(served.path() / "a/bootstrap", script("second"));
    served.wait_for("reloaded: function A has new code (", "/Z");
    EXPECT_THAT(served.get("/A").body, testing::HasSubstr("BUILD=second"));
    EXPECT_THAT(served.get("/Z").body, testing::HasSubstr("BUILD=first"));
    write_program(served.path() / "z/bootstrap", "#!/bin/sh\nexit 3\n");
    served.wait_for("not reloaded, the old one keeps serving:\nthe init of function Z failed\n", "/Z");
    write_program(served.path() / "a/bootstrap", script("third"));
    wait_until("the third build of A", [&] {
        EXPECT_EQ(served.get("/Z").status, 200);
        return served.get("/A").body.find("BUILD=third") != std::string::npos;
    });
    // A new function that is broken as well is told, and everything else is served.
    served.write("template.yaml", application({{"A", "a"}, {"Z", "z"}, {"New", "none"}}));
    served.wait_for("function New: Couldn't find valid bootstrap(s)", "/Z");
    served.wait_for("function New is new", "/Z");
    EXPECT_EQ(served.get("/New").status, 500);
    write_program(served.path() / "z/bootstrap", script("mended"));
    served.wait_for("reloaded: function Z has new code (", "/A");
    EXPECT_THAT(served.get("/Z").body, testing::HasSubstr("BUILD=mended"));
}

/// That the second save was seen shows by what is told of the third folder, which takes longer.
TEST(WatchProgram, ASaveWhileAReloadIsUnderWayIsServedToo) {
    WatchedFolder served({"a", "b", "c"});
    served.write("template.yaml", application({{"A", "a"}, {"B", "b"}, {"C", "c"}}));
    served.serve();
    EXPECT_EQ(served.get("/A").status, 200);
    EXPECT_EQ(served.get("/B").status, 200);
    const std::string begun = (served.path() / "begun").string(), go = (served.path() / "go").string();
    ASSERT_EQ(::mkfifo(go.c_str(), 0600), 0);
    write_program(served.path() / "a/bootstrap",
                  "#!/bin/sh\n: > " + begun + "\nread -r go < " + go + "\nBUILD=second exec " + kHandler + "\n");
    wait_until("the init of A's new build", [&] { return fs::exists(begun); });
    rename_over(served.path() / "b/bootstrap", script("second"));
    fs::rename(served.path() / "c", served.path() / "elsewhere");
    served.wait_for("is gone", "/B");
    std::ofstream(go) << "go\n";
    wait_until("the second build of B",
               [&] { return served.get("/B").body.find("BUILD=second") != std::string::npos; });
    EXPECT_THAT(served.get("/A").body, testing::HasSubstr("BUILD=second"));
}

TEST(WatchProgram, WhatFunctionsShareIsToldOnceWhereItIsGone) {
    WatchedFolder served({"code"});
    served.write("template.yaml", application({{"A", "code"}, {"B", "code"}}));
    served.serve();
    const fs::path code = served.path() / "code";
    fs::remove(code / "bootstrap");
    const std::string bootstrap = '\'' + (code / "bootstrap").string() + "' is gone\n";
    served.wait_for("not reloaded:\n" + bootstrap + "functions A, B: no environment is left from before");
    write_program(code / "bootstrap", script("again"));
    served.wait_for("reloaded: function A has new code, function B has new code (");
    EXPECT_EQ(served.get("/A").status, 200);
    fs::rename(code, served.path() / "away");
    const std::string folder = "keeps serving:\n'" + code.string() + "' is gone\n";
    served.wait_for(folder, "/A");
    fs::rename(served.path() / "away", code);
    wait_until("a second reload", [&] {
        EXPECT_EQ(served.get("/A").status, 200);
        return count_of(served.err(), "\nreloaded: ") >= 2;
    });
    EXPECT_EQ(count_of(served.err(), folder), 1U);
    EXPECT_EQ(count_of(served.err(), bootstrap), 1U) << "once, and not with the folder again";
}

TEST(WatchProgram, AReloadTellsWhatIsNewAndTheReadyFileHasIt) {
    WatchedFolder served({"code"});
    served.write("template.yaml", application({{"A", "code"}}));
    served.write("samconfig.toml", "version = 0.1\n[default.local_start_api.parameters]\nport = 0\n");
    const std::string ready_file = (served.path() / "ready.json").string();
    served.serve({"--ready-file", ready_file});
    served.write("template.yaml",
                 application({{"A", "code"}}) +
                     "  Keyed: {Type: AWS::Serverless::Api, Properties: {StageName: s, Auth: {ApiKeyRequired: true, "
                     "UsagePlan: {CreateUsagePlan: PER_API}}}}\n"
                     "  K: {Type: AWS::Serverless::Function, Properties: {Runtime: provided.al2023, Handler: x, "
                     "CodeUri: code/, Events: {X: {Type: Api, Properties: {RestApiId: !Ref Keyed, Path: /k, Method: "
                     "GET}}}}}\n");
    served.wait_for("reloaded: function K is new, ");
    served.wait_for("API key     ");
    const std::string told = served.err().substr(served.err().find("reloaded: "));
    EXPECT_THAT(told, testing::HasSubstr("REST API Keyed is new at http://127.0.0.1:"));
    EXPECT_THAT(told, testing::HasSubstr("/_apis/Keyed/s, its routes: 1 new (GET /k)"));
    EXPECT_THAT(told, testing::HasSubstr("HTTP API ServerlessHttpApi answers at http://127.0.0.1:"));
    const auto ready = [&] { return boost::json::parse(read_file(ready_file)); };
    wait_until("the ready file of both APIs", [&] { return ready().at("apis").as_array().size() == 2; });
    const std::string key(ready().at("apiKeys").at(0).at("value").as_string());
    EXPECT_THAT(told, testing::HasSubstr("API key     " + key + "   "));
    served.write("samconfig.toml", "version = 0.1\n[default.local_start_api.parameters]\nport = 1\n");
    served.wait_for("note: SAM's configuration names another port now; it counts from the next start on\n");
    EXPECT_THAT(served.err(), testing::HasSubstr("reloaded: nothing differs ("));
}

}  // namespace
}  // namespace understudy::test
