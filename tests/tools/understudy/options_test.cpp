#include "tools/understudy/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Command parse(std::vector<std::string> words) {
    words.insert(words.begin(), "understudy");
    return parse_command_line(words);
}

Say refuse(std::vector<std::string> words) {
    const Command command = parse(std::move(words));
    if (const auto* say = std::get_if<Say>(&command)) {
        EXPECT_EQ(say->exit_code, 1);
        EXPECT_EQ(say->out, "");
        return *say;
    }
    ADD_FAILURE() << "was accepted";
    return {};
}

TEST(Options, ServeHasTheDefaultsOfSamLocal) {
    const auto options = std::get<ServeOptions>(parse({"serve", "--", "./bootstrap"}));
    EXPECT_EQ(options.address, "127.0.0.1");
    EXPECT_EQ(options.port, 3000);
    EXPECT_EQ(options.lambda_port, 3001);
    EXPECT_EQ(options.grpc_port, std::nullopt);
    EXPECT_EQ(options.function.max_environments, 16);
    const app::Function& function = options.function.application.functions.at(0);
    EXPECT_EQ(function.name, "function");
    EXPECT_EQ(function.timeout, std::chrono::seconds(3));
    EXPECT_EQ(function.memory_megabytes, 128);
    EXPECT_EQ(function.command, std::vector<std::string>{"./bootstrap"});
    const app::Api& api = options.function.application.apis.at(0);
    EXPECT_EQ(api.kind, app::ApiKind::http);
    EXPECT_EQ(api.stages.at(0).name, "$default");
    EXPECT_TRUE(api.binary_media_types.empty());
}

TEST(Options, ServeTakesGrpcWhereItIsAskedTo) {
    EXPECT_EQ(std::get<ServeOptions>(parse({"serve", "--grpc-port", "0", "--", "./bootstrap"})).grpc_port, 0U);
    EXPECT_THAT(refuse({"serve", "--grpc-port", "65536", "--", "./bootstrap"}).err, HasSubstr("--grpc-port"));
}

TEST(Options, WhatIsMissingIsToldWithWhatItIs) {
    EXPECT_THAT(refuse({"test"}).err,
                StartsWith("understudy test: PATH is missing: Scenario files, or folders of them\n"
                           "Usage: understudy test [OPTIONS] PATH"));
    EXPECT_THAT(refuse({"invoke", "--", "x"}).err,
                StartsWith("understudy invoke: --event FILE is missing: File that holds the event"));
    EXPECT_THAT(refuse({"event"}).err, HasSubstr(" is missing: Where the event comes from"));
}

TEST(Options, WhatNamesSomethingIsNeverEmpty) {
    const std::vector<std::vector<std::string>> commands = {
        {"serve", "--record", "", "--", "x"},
        {"serve", "--ready-file", "", "--", "x"},
        {"serve", "--openapi", "", "--", "x"},
        {"serve", "--public-url", "", "--", "x"},
        {"serve", "--binary-media-type", "", "--front", "rest", "--", "x"},
        {"serve", "--env-file", ""},
        {"serve", ""},
        {"invoke", "-e", "", "--", "x"},
        {"test", ""},
        {"test", "a.yaml", "--durations", ""},
        {"test", "a.yaml", "--junit", ""},
        {"replay", ""},
        {"replay", "a.jsonl", "--json", "", "--", "x"},
        {"replay", "a.jsonl", "--junit", "", "--", "x"},
        {"replay", "a.jsonl", "--baseline", "", "--candidate", "x"},
        {"replay", "a.jsonl", "--function", "", "--", "x"},
        {"promote", "a.jsonl", "-o", ""},
        {"explain", "GET", "/", "--response", ""},
        {"package", "", "-o", "fn.zip"},
        {"package", "x", "-o", ""},
        {"init", ""},
    };
    for (const auto& words : commands) {
        EXPECT_THAT(refuse(words).err, testing::AnyOf(HasSubstr("not an empty word"), HasSubstr("name a file")))
            << testing::PrintToString(words);
    }
    EXPECT_THAT(refuse({"serve", "--record", "", "--", "x"}).err,
                StartsWith("understudy serve: --record: wants FILE, not an empty word\n"));
}

TEST(Options, AnEmptyValueBehindAnEqualSignIsNotTheNextWord) {
    EXPECT_THAT(refuse({"serve", "--record=", "template.yaml"}).err,
                StartsWith("understudy serve: --record: wants FILE, not an empty word\n"));
}

TEST(Options, TextsAndOverridesMayBeEmpty) {
    EXPECT_EQ(std::get<ExplainOptions>(parse({"explain", "POST", "/", "--body", ""})).body, "");
    EXPECT_EQ(std::get<ExplainOptions>(parse({"explain", "POST", "/", "--body=", "--front", "rest"})).body, "");
    EXPECT_EQ(std::get<EventOptions>(parse({"event", "sns", "--subject", "", "--body="})).bodies,
              std::vector<std::string>{""});
    EXPECT_TRUE(std::get<ServeOptions>(parse({"serve", "--parameter-overrides", ""})).files.has_value());
}

TEST(Options, PairsAreRefusedInTheFormOfTheirOption) {
    EXPECT_THAT(refuse({"serve", "--sigv4-key", "foo"}).err, HasSubstr("--sigv4-key: write ID=SECRET, not 'foo'\n"));
    EXPECT_THAT(refuse({"serve", "--jwks", "foo"}).err,
                HasSubstr("--jwks: write ISSUER=FILE or ISSUER=http://localhost…, not 'foo'\n"));
}

TEST(Options, ExplainNeverAsksForTheCommandThatItRefuses) {
    const std::string told = refuse({"explain", "GET", "/", "--front=rest", "template.yaml"}).err;
    EXPECT_THAT(told,
                StartsWith("understudy explain: --front goes without a template or an OpenAPI file, which says it "
                           "itself: leave one of the two out\n"));
    EXPECT_THAT(refuse({"explain", "GET", "/", "--streaming", "--openapi", "a.yaml"}).err,
                testing::Not(HasSubstr("'--';")));
}

TEST(Options, ShortNamesTakeNoEqualSign) {
    EXPECT_THAT(refuse({"invoke", "-e=event.json", "--", "x"}).err,
                StartsWith("understudy invoke: --event: no '=' stands behind a short name: write -e event.json or "
                           "--event=event.json\n"));
    EXPECT_THAT(refuse({"test", "a.yaml", "-j=8"}).err, HasSubstr("write -j 8 or --jobs=8"));
}

TEST(Options, HelpIsACommandToo) {
    const auto out = [](std::vector<std::string> words) { return std::get<Say>(parse(std::move(words))).out; };
    EXPECT_EQ(out({"help"}), out({"--help"}));
    EXPECT_EQ(out({"help", "serve"}), out({"serve", "--help"}));
    EXPECT_THAT(refuse({"help", "sevre"}).err, HasSubstr("there is no command 'sevre'; did you mean 'serve'?"));
}

TEST(Options, AnUnknownOptionBeforeACommandIsNamed) {
    EXPECT_THAT(refuse({"-v"}).err,
                StartsWith("understudy: there is no option '-v' before a command, only --help and --version"));
}

TEST(Options, DashesWithoutACommandAreRefused) {
    EXPECT_THAT(refuse({"serve", "--"}).err, StartsWith("understudy serve: nothing stands behind '--'"));
    EXPECT_THAT(refuse({"serve", "a.yaml", "--"}).err, HasSubstr("nothing stands behind '--'"));
}

TEST(Options, WatchIsAskedForOrForbiddenNotBoth) {
    EXPECT_THAT(refuse({"serve", "--watch", "--no-watch"}).err,
                StartsWith("understudy serve: --watch and --no-watch exclude each other\n"));
}

TEST(Options, WhatPromoteMissesIsARecording) {
    EXPECT_THAT(refuse({"promote"}).err, StartsWith("understudy promote: RECORDING is missing: "));
}

TEST(Options, WhatStandsBehindTheDashesIsNotLookedInto) {
    const auto options = std::get<ServeOptions>(parse({"serve", "--port", "0", "--", "python3", "--port", "--", "x"}));
    EXPECT_EQ(options.port, 0);
    EXPECT_EQ(options.function.application.functions[0].command,
              (std::vector<std::string>{"python3", "--port", "--", "x"}));
}

TEST(Options, RepeatedOptionsKeepTheirOrder) {
    const auto options =
        std::get<ServeOptions>(parse({"serve", "--front", "rest", "--binary-media-type", "a/b", "--binary-media-type",
                                      "c/d", "--env", "A=1=2", "--env", "B=", "--timeout", "0.25", "--", "x"}));
    const app::Api& api = options.function.application.apis[0];
    EXPECT_EQ(api.kind, app::ApiKind::rest);
    EXPECT_EQ(api.stages.at(0).name, "prod");
    EXPECT_EQ(api.binary_media_types, (std::vector<std::string>{"a/b", "c/d"}));
    const app::Function& function = options.function.application.functions[0];
    EXPECT_EQ(function.timeout, std::chrono::milliseconds(250));
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(function.environment, (Pairs{{"A", "1=2"}, {"B", ""}}));
}

TEST(Options, SignaturesAreCheckedWhereSomebodySaysSo) {
    EXPECT_FALSE(std::get<ServeOptions>(parse({"serve"})).signing_keys);
    const auto own = std::get<ServeOptions>(parse({"serve", "--check-signatures"}));
    ASSERT_TRUE(own.signing_keys);
    EXPECT_TRUE(own.signing_keys->empty());
    const auto given = std::get<ServeOptions>(parse({"serve", "--sigv4-key", "ID=a=b"}));
    ASSERT_TRUE(given.signing_keys);
    EXPECT_EQ(given.signing_keys->at(0).id, "ID");
    EXPECT_EQ(given.signing_keys->at(0).secret, "a=b");
    EXPECT_THAT(refuse({"serve", "--sigv4-key", "ID"}).err, HasSubstr("--sigv4-key"));
}

TEST(Options, IssuersKeysComeFromFilesAndFromThisMachine) {
    const std::vector<std::string> good = {"https://issuer=keys.json", "https://issuer=http://localhost:8080/keys"};
    for (const std::string& word : good) {
        EXPECT_EQ(std::get<ServeOptions>(parse({"serve", "--jwks", word})).issuer_keys, std::vector{word});
    }
    EXPECT_THAT(refuse({"serve", "--jwks", "https://issuer=https://issuer/keys"}).err,
                HasSubstr("keys are fetched from this machine only"));
}

TEST(Options, AnOptionOfAnotherFrontIsNoOption) {
    struct Row {
        std::string front;
        std::vector<std::string> words;
        std::string refusal;  ///< Empty: it has an effect.
    };
    const std::vector<Row> rows{
        {"http", {"--binary-media-type", "a/b"}, "--binary-media-type goes with --front rest"},
        {"alb", {"--binary-media-type", "a/b"}, "--binary-media-type goes with --front rest"},
        {"http1", {"--streaming"}, "--streaming goes with --front url or rest"},
        {"rest", {"--streaming"}, ""},
        {"url", {"--multi-value-headers"}, "--multi-value-headers goes with --front alb"},
        {"alb", {"--multi-value-headers"}, ""},
    };
    for (const auto& [front, words, refusal] : rows) {
        std::vector<std::string> line{"serve", "--front", front};
        line.insert(line.end(), words.begin(), words.end());
        line.insert(line.end(), {"--", "x"});
        if (refusal.empty()) {
            EXPECT_NO_THROW(std::get<ServeOptions>(parse(line))) << front;
        } else {
            EXPECT_THAT(refuse(line).err, HasSubstr(refusal)) << front;
        }
    }
}

TEST(Options, ARepeatedOptionAndAnEmptyRegionAreNamed) {
    EXPECT_THAT(refuse({"serve", "--ready-file", "a", "--ready-file", "b", "--", "x"}).err,
                HasSubstr("--ready-file may be given once only"));
    EXPECT_THAT(refuse({"serve", "--ready-file"}).err, HasSubstr("--ready-file wants a value"));
    EXPECT_THAT(refuse({"serve", "--region", "", "--", "x"}).err, HasSubstr("write a region such as us-east-1"));
}

TEST(Options, AMissingCommandIsShownHowToWrite) {
    EXPECT_THAT(refuse({"invoke", "-e", "x.json"}).err, HasSubstr("-- ./bootstrap"));
    EXPECT_THAT(refuse({"invoke", "-e", "x.json", "--"}).err, HasSubstr("-- ./bootstrap"));
}

TEST(Options, WithoutACommandATemplateIsServed) {
    const auto found = std::get<ServeOptions>(parse({"serve"}));
    ASSERT_TRUE(found.files);
    EXPECT_EQ(found.files->template_file, "");
    EXPECT_TRUE(found.function.application.functions.empty());
    EXPECT_EQ(found.watch, std::nullopt);
    const auto named = std::get<ServeOptions>(
        parse({"serve", "app.yaml", "--parameter-overrides", "A=1", "--env-vars", "v.json", "--no-watch"}));
    EXPECT_EQ(named.files->template_file, "app.yaml");
    EXPECT_EQ(named.files->parameter_overrides, std::vector<std::string>{"A=1"});
    EXPECT_EQ(named.files->env_vars, "v.json");
    EXPECT_EQ(named.watch, false);
    EXPECT_THAT(refuse({"serve", "app.yaml", "--", "x"}).err, HasSubstr("a template or a command"));
}

TEST(Options, ParameterOverridesTakeSeveralWordsAsSamsDo) {
    const auto found = std::get<ServeOptions>(parse({"serve", "--parameter-overrides", "A=1", "B=x y",
                                                     "ParameterKey=C,ParameterValue=3", "app.yaml", "--no-watch"}));
    EXPECT_EQ(found.files->template_file, "app.yaml");
    EXPECT_EQ(found.files->parameter_overrides,
              (std::vector<std::string>{"A=1", "B=x y", "ParameterKey=C,ParameterValue=3"}));
    const auto one = std::get<ServeOptions>(parse({"serve", "--parameter-overrides=A=1", "B=2", "./c=d.yaml"}));
    EXPECT_EQ(one.files->template_file, "./c=d.yaml");
    EXPECT_EQ(one.files->parameter_overrides, (std::vector<std::string>{"A=1", "B=2"}));
}

TEST(Options, WhatATemplateSaysItselfIsNoOptionBesideIt) {
    EXPECT_THAT(refuse({"serve", "app.yaml", "--env", "A=1"}).err, HasSubstr("--env goes with a command"));
    EXPECT_THAT(refuse({"serve", "--front", "rest"}).err, HasSubstr("--front goes with a command"));
    EXPECT_THAT(refuse({"serve", "--env-vars", "v.json", "--", "x"}).err, HasSubstr("--env-vars goes with a template"));
}

TEST(Options, ACommandRunsTheFunctionsOfAnOpenApiDocument) {
    const auto options = std::get<ServeOptions>(
        parse({"serve", "--openapi", "api.yaml", "--timeout", "9", "--env", "A=1", "--env-file", "f", "--", "x", "y"}));
    ASSERT_TRUE(options.files);
    EXPECT_EQ(options.files->openapi_file, "api.yaml");
    EXPECT_EQ(options.files->env_file, "f");
    EXPECT_TRUE(options.function.application.apis.empty());
    const app::Function& function = options.function.application.functions.at(0);
    EXPECT_EQ(function.command, (std::vector<std::string>{"x", "y"}));
    EXPECT_EQ(function.timeout, std::chrono::seconds(9));
    EXPECT_EQ(function.environment.size(), 1U);
    EXPECT_TRUE(std::get<ServeOptions>(parse({"serve", "--openapi", "o"})).function.application.functions.empty());
    for (const char* option : {"--front", "--name"}) {
        EXPECT_THAT(refuse({"serve", "--openapi", "api.yaml", option, "rest", "--", "x"}).err,
                    HasSubstr(std::string(option) + " goes with a command alone"));
    }
    EXPECT_THAT(refuse({"serve", "--openapi", "api.yaml", "--timeout", "9"}).err, HasSubstr("goes with a command"));
    EXPECT_THAT(std::get<Say>(parse({"serve", "--help"})).out, HasSubstr("serve --openapi api.yaml -- ./bootstrap"));
}

TEST(Options, APublicUrlIsTakenApart) {
    const auto options = std::get<ServeOptions>(parse({"serve", "--public-url", "https://api.example.com", "--", "x"}));
    EXPECT_EQ(options.public_address->host, "api.example.com");
    EXPECT_EQ(options.public_address->port, 443);
    const auto odd = std::get<ServeOptions>(parse({"serve", "--public-url", "http://h:8080/", "--", "x"}));
    EXPECT_EQ(odd.public_address->host, "h:8080");
    EXPECT_EQ(odd.public_address->proto, "http");
    for (const char* wrong : {"api.example.com", "https://a/path", "ftp://a", "https://"})
        EXPECT_THAT(refuse({"serve", "--public-url", wrong, "--", "x"}).err, HasSubstr("https://api.example.com"));
}

TEST(Options, ACertificateNeedsItsKey) {
    EXPECT_THAT(refuse({"serve", "--tls-cert", "c.pem", "--", "x"}).err, HasSubstr("--tls-key"));
    EXPECT_TRUE(std::get<ServeOptions>(parse({"serve", "--tls", "--", "x"})).tls);
    EXPECT_FALSE(std::get<ServeOptions>(parse({"serve", "--", "x"})).tls);
}

TEST(Options, AMistypedOptionIsGuessed) {
    EXPECT_THAT(refuse({"serve", "--prot", "1", "--", "x"}).err,
                StartsWith("understudy serve: there is no option '--prot'; did you mean '--port'?\n"));
}

TEST(Options, AFlagOfSamCliIsToldWithWhatStandsForItHere) {
    EXPECT_THAT(refuse({"serve", "-n", "locals.json"}).err,
                StartsWith("understudy serve: there is no option '-n'; -n of SAM CLI is --env-vars here\n"));
    EXPECT_THAT(refuse({"serve", "-t", "template.yaml"}).err, HasSubstr("; -t of SAM CLI is the argument TEMPLATE"));
    EXPECT_THAT(refuse({"serve", "-p", "8080"}).err, HasSubstr("; -p of SAM CLI is --port here"));
    EXPECT_THAT(refuse({"serve", "-d", "5858"}).err, HasSubstr("gdb --pid"));
    EXPECT_THAT(refuse({"serve", "--warm-containers=EAGER"}).err, HasSubstr("; --warm-containers of SAM CLI has no"));
    EXPECT_THAT(refuse({"serve", "--docker-network", "n"}).err, HasSubstr("there are no containers here"));
    EXPECT_THAT(refuse({"test", "-n", "x"}).err, Not(HasSubstr("SAM CLI")));
}

TEST(Options, AWrongValueNamesItsOptionAndWhatIsAccepted) {
    const std::tuple<const char*, const char*, const char*> rows[] = {
        {"--port", "70000", "write a whole number from 0 to 65535, not '70000'"},
        {"--port", "http", "write a whole number from 0 to 65535, not 'http'"},
        {"--lambda-port", "-1", "write a whole number from 0 to 65535, not '-1'"},
        {"--host", "localhost", "write an IPv4 address such as 127.0.0.1 or 0.0.0.0, not 'localhost'"},
        {"--host", "127.0.0.256", "write an IPv4 address"},
        {"--host", "127.0.0", "write an IPv4 address"},
        {"--host", "127.0.0.1.", "write an IPv4 address"},
        {"--timeout", "901", "write a number from 0.001 to 900, not '901'"},
        {"--timeout", "3s", "write a number from 0.001 to 900, not '3s'"},
        {"--memory", "1", "write a whole number from 128 to 10240, not '1'"},
        {"--memory", "128.5", "write a whole number from 128 to 10240, not '128.5'"},
        {"--max-environments", "0", "write a whole number from 1 to 1000, not '0'"},
        {"--seed", "x", "write a whole number from 0 to 18446744073709551615, not 'x'"},
        {"--clock-scale", "0", "write a number from 0.001 to 1000000, not '0'"},
        {"--env", "NOVALUE", "write KEY=VALUE, not 'NOVALUE'"},
        {"--front", "soap", "write http, http1, rest, url or alb, not 'soap'"},
        {"--front", "htpp", "write http, http1, rest, url or alb, not 'htpp'; did you mean 'http'?"},
        {"--credentials", "mine", "write dummy or inherit, not 'mine'"},
        {"--name", "a b", "a name is 1 to 64 letters, digits, '-' and '_', not 'a b'"},
        {"--account", "1234", "an account is 12 digits, not '1234'"},
    };
    for (const auto& [option, value, expected] : rows) {
        EXPECT_THAT(refuse({"serve", std::string(option) + '=' + value, "--", "x"}).err,
                    StartsWith(std::string("understudy serve: ") + option + ": " + expected));
    }
    EXPECT_EQ(refuse({"test", "a", "--color", "bogus"}).err,
              "understudy test: --color: write auto, always or never, not 'bogus'\n"
              "'understudy test --help' lists the options\n");
}

TEST(Options, AnOptionWithoutItsValueIsNamed) {
    EXPECT_THAT(refuse({"serve", "--port"}).err, StartsWith("understudy serve: --port wants a value\n"));
    EXPECT_THAT(refuse({"test", "a", "--color"}).err, StartsWith("understudy test: --color wants a value\n"));
}

TEST(Options, WhatDoesNotBelongIsNamed) {
    EXPECT_THAT(refuse({"serve", "--bogus=1", "--", "x"}).err,
                StartsWith("understudy serve: there is no option '--bogus'\n"));
    EXPECT_THAT(refuse({"serve", "a.yaml", "--openapi", "b.yaml"}).err, HasSubstr("not both: leave 'a.yaml' out"));
    EXPECT_THAT(refuse({"explain", "GET", "/", "a.yaml", "--openapi", "b.yaml"}).err,
                StartsWith("understudy explain: takes a template or --openapi, not both: leave 'a.yaml' out\n"));
    for (const char* option : {"--front=url", "--binary-media-type=*/*", "--streaming", "--multi-value-headers"}) {
        const std::string name = std::string(option).substr(0, std::string(option).find('='));
        const std::string misplaced = ": " + name + " goes with a command behind '--'; a template says it itself\n";
        EXPECT_THAT(refuse({"serve", "a.yaml", option}).err, StartsWith("understudy serve" + misplaced));
        EXPECT_THAT(refuse({"explain", "GET", "/", "a.yaml", option}).err,
                    StartsWith("understudy explain: " + name + " goes without a template or an OpenAPI file"));
    }
    EXPECT_THAT(refuse({"serve", "a", "b", "--", "x"}).err, StartsWith("understudy serve: unexpected argument 'b'\n"));
}

TEST(Options, ExplainRefusesWhatMeansNothingToIt) {
    const auto refusal = [](std::vector<std::string> words) {
        words.insert(words.begin(), {"explain", "GET", "/"});
        return refuse(words).err;
    };
    const std::string wants_template = " goes with a template: write its file behind the target\n";
    EXPECT_THAT(refusal({"--parameter-overrides", "A=b"}),
                StartsWith("understudy explain: --parameter-overrides" + wants_template));
    EXPECT_THAT(refusal({"--config-env", "ci", "--front", "http"}),
                StartsWith("understudy explain: --config-env" + wants_template));
    EXPECT_THAT(refusal({"--front=http", "--front=alb", "--binary-media-type=a/b"}),
                HasSubstr("--binary-media-type goes with --front rest, not with http or alb: "));
    EXPECT_THAT(refusal({"--front=http", "--multi-value-headers"}),
                HasSubstr("goes with --front alb, not with http: "));
    EXPECT_THAT(refusal({"--front=alb", "--streaming"}), HasSubstr("goes with --front url or rest, not with alb: "));
    const std::string no_parameters = "--parameter-overrides goes with a template; an OpenAPI file has no parameters";
    EXPECT_THAT(refusal({"--openapi", "a.yaml", "--parameter-overrides", "A=b"}), HasSubstr(no_parameters));
    EXPECT_THAT(refuse({"serve", "--openapi", "a.yaml", "--parameter-overrides", "A=b", "--", "x"}).err,
                HasSubstr(no_parameters));
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"--front=url", "--streaming"},
                                               {"--front=alb", "--front=rest", "--binary-media-type=a/b"},
                                               {"--streaming", "--binary-media-type=a/b", "--multi-value-headers"},
                                               {"a.yaml", "--parameter-overrides", "A=b"},
                                               {"--config-file", "a.toml", "--config-env", "ci"}}) {
        std::vector<std::string> line{"explain", "GET", "/"};
        line.insert(line.end(), words.begin(), words.end());
        EXPECT_TRUE(std::holds_alternative<ExplainOptions>(parse(line))) << words.front();
    }
}

TEST(Options, TheUsageLineShowsWhereTheCommandGoes) {
    EXPECT_THAT(std::get<Say>(parse({"serve", "--help"})).out,
                HasSubstr("Usage: understudy serve [OPTIONS] [TEMPLATE | -- COMMAND ARG…]\n"));
    EXPECT_THAT(std::get<Say>(parse({"invoke", "--help"})).out,
                HasSubstr("Usage: understudy invoke [OPTIONS] -- COMMAND ARG…\n"));
    EXPECT_THAT(std::get<Say>(parse({"test", "--help"})).out, HasSubstr("Usage: understudy test [OPTIONS] PATH…\n"));
}

TEST(Options, InvokeNeedsAnEvent) {
    EXPECT_THAT(refuse({"invoke", "--", "x"}).err, HasSubstr("--event"));
    EXPECT_EQ(std::get<InvokeOptions>(parse({"invoke", "-e", "-", "--", "x"})).event_file, "-");
}

TEST(Options, TestTakesPathsAndNoCommand) {
    const auto options = std::get<TestOptions>(parse({"test", "a", "b", "--color", "never"}));
    EXPECT_EQ(options.paths, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(options.colour, ColourWish::never);
    EXPECT_EQ(std::get<TestOptions>(parse({"test", "a"})).colour, ColourWish::automatic);
    EXPECT_EQ(std::get<TestOptions>(parse({"test", "a", "--color", "always"})).colour, ColourWish::always);
    const auto outside = std::get<TestOptions>(
        parse({"test", "a", "--var", "b=c=d", "--var", "e=", "--seed", "7", "--against", "https://example.com/prod/"}));
    EXPECT_THAT(outside.variables, testing::ElementsAre("b=c=d", "e="));
    EXPECT_EQ(outside.seed, 7U);
    EXPECT_EQ(outside.against, "https://example.com/prod");
    EXPECT_THAT(refuse({"test", "a", "--var", "=c"}).err, HasSubstr("write NAME=VALUE, not '=c'"));
    EXPECT_THAT(refuse({"test", "a", "--against", "example.com"}).err, HasSubstr("write http://… or https://…"));
    EXPECT_THAT(refuse({"test", "a", "--against", "http://h/?x=1"}).err, HasSubstr("without query and fragment"));
    EXPECT_THAT(refuse({"test", "a", "--against", "http://u:secret@h"}).err, HasSubstr("no user belongs into the URL"));
    EXPECT_THAT(refuse({"test", "a", "--against", "http://u:secret@h"}).err, testing::Not(HasSubstr("secret")));
    EXPECT_EQ(std::get<TestOptions>(parse({"test", "a", "--against", "http://h/a@b"})).against, "http://h/a@b");
    for (const std::vector<std::string>& report :
         {std::vector<std::string>{"--tap"}, {"--junit", "f"}, {"--json", "f"}, {"--html", "f"}}) {
        std::vector<std::string> words{"test", "a", "--list"};
        words.insert(words.end(), report.begin(), report.end());
        EXPECT_THAT(refuse(words).err, HasSubstr("--list makes no run: there is nothing to report")) << report[0];
    }
    EXPECT_THAT(refuse({"test"}).err, HasSubstr("PATH"));
    EXPECT_THAT(refuse({"test", "a", "--", "x"}).err, HasSubstr("the scenario names it"));
}

TEST(Options, ReplayRefusesWhatItCannotTake) {
    const auto tell = [](const std::string& option, const std::string& word) {
        return refuse({"replay", "a.jsonl", option, word, "--", "x"}).err;
    };
    EXPECT_THAT(tell("--from", "2026-11-27T21:00:00+25:00"), HasSubstr("write a time like"));
    EXPECT_THAT(tell("--ignore", "["), HasSubstr("write a path like body.items[*].time, not '['"));
    EXPECT_THAT(refuse({"replay", "a.jsonl", "--junit", "-", "--json", "-", "--", "x"}).err,
                HasSubstr("--junit - and --json - both want stdout"));
}

TEST(Options, WhatWouldDoNothingInAReplayIsRefused) {
    const auto tell = [](std::vector<std::string> words, const std::vector<std::string>& target) {
        words.insert(words.begin(), {"replay", "a.jsonl"});
        words.insert(words.end(), target.begin(), target.end());
        return refuse(words).err;
    };
    const std::vector<std::string> command{"--", "x"}, elsewhere{"--against", "http://a"}, of_template{"t.yaml"};
    for (const auto& option : std::vector<std::vector<std::string>>{
             {"--front", "alb"}, {"--binary-media-type", "a/b"}, {"--streaming"}, {"--multi-value-headers"}}) {
        EXPECT_THAT(tell(option, command), HasSubstr(option[0] + " goes with --edge http"));
        EXPECT_THAT(tell(option, elsewhere), HasSubstr(option[0] + " goes with a command behind '--', not with"));
        EXPECT_THAT(tell(option, of_template), HasSubstr("a template says it itself"));
        std::vector<std::string> words{"replay", "a.jsonl", "--edge", "http"};
        words.insert(words.end(), option.begin(), option.end());
        words.insert(words.end(), command.begin(), command.end());
        EXPECT_TRUE(std::holds_alternative<ReplayOptions>(parse(words))) << option[0];
    }
    EXPECT_THAT(tell({"--env", "A=1"}, elsewhere), HasSubstr("--env goes with a command behind '--', not with"));
    for (const char* option : {"--env-vars", "--parameter-overrides"}) {
        EXPECT_THAT(tell({option, "A=1"}, command), HasSubstr(std::string(option) + " goes with a template"));
        EXPECT_THAT(tell({option, "A=1"}, elsewhere), HasSubstr(std::string(option) + " goes with a template"));
    }
    EXPECT_THAT(tell({"--baseline", "./a 'b", "--candidate", "x"}, {}), HasSubstr("a quote is not closed in './a 'b'"));
    EXPECT_THAT(tell({"--baseline", "x", "--candidate", "\"x '"}, {}), HasSubstr("a quote is not closed in '\"x ''"));
}

TEST(Options, PromoteTakesATemplateAsReplayDoes) {
    const auto options = std::get<PromoteOptions>(parse({"promote", "a.jsonl", "t.yaml"}));
    EXPECT_EQ(options.files, std::vector<std::string>{"a.jsonl"});
    EXPECT_EQ(options.template_file, "t.yaml");
    EXPECT_THAT(refuse({"promote", "t.yaml"}).err, HasSubstr("needs a recording"));
    EXPECT_THAT(refuse({"promote", "a.jsonl", "t.yaml", "u.yml"}).err, HasSubstr("takes one template"));
    EXPECT_THAT(refuse({"promote", "a.jsonl", "t.yaml", "--", "x"}).err, HasSubstr("takes one of: a command"));
    EXPECT_THAT(refuse({"promote", "a.jsonl", "t.yaml", "--front", "rest"}).err,
                HasSubstr("a template says it itself"));
}

TEST(Options, HelpIsThereForEveryCommand) {
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"--help"},
                                                                                       {"serve", "--help"},
                                                                                       {"invoke", "--help"},
                                                                                       {"test", "--help"},
                                                                                       {"schema", "--help"},
                                                                                       {"replay", "--help"},
                                                                                       {"promote", "--help"},
                                                                                       {"event", "--help"},
                                                                                       {"explain", "--help"},
                                                                                       {"check", "--help"},
                                                                                       {"package", "--help"},
                                                                                       {"init", "--help"},
                                                                                       {"--version"}}) {
        const auto say = std::get<Say>(parse(words));
        EXPECT_EQ(say.exit_code, 0);
        EXPECT_THAT(say.out, HasSubstr("understudy"));
        EXPECT_EQ(say.err, "");
    }
    EXPECT_THAT(refuse({}).err, HasSubstr("--help"));
    EXPECT_THAT(refuse({"bogus"}).err, HasSubstr("there is no command 'bogus'"));
    EXPECT_THAT(refuse({"sevre"}).err, HasSubstr("did you mean 'serve'?"));
}

}  // namespace
}  // namespace understudy::cli
