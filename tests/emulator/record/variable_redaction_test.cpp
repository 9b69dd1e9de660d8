#include "emulator/record/variable_redaction.hpp"

#include "emulator/record/redaction.hpp"

#include <gmock/gmock.h>

namespace understudy::record {
namespace {

TEST(Redaction, VariablesWhoseNamesSpeakOfSecretsAreTaken) {
    Session session{
        .functions = {{.environment = {{"API_KEY", "a"}, {"db_password", "b"}, {"MODE", "c"}, {"Token", ""}}}}};
    redact(session, {});
    EXPECT_EQ(session.functions[0].environment,
              (std::map<std::string, std::string>{
                  {"API_KEY", kRedacted}, {"db_password", kRedacted}, {"MODE", "c"}, {"Token", ""}}));
}

TEST(Redaction, WordsOfAVariablesNameSpeakOfSecrets) {
    for (const char* name : {"PASSPHRASE", "SMTP_PASS", "MY_PWD", "dbPwd", "CREDS", "JWT", "GITHUB_PAT", "AUTH_HDR",
                             "PASS2", "db-pw", "SESSION_COOKIE"}) {
        Session session{.functions = {{.environment = {{name, "a"}}}}};
        redact(session, {});
        EXPECT_EQ(session.functions[0].environment.at(name), kRedacted) << name;
    }
    for (const char* name : {"PWD", "BYPASS", "PATH", "AUTHOR", "PATTERN", "COMPASS_URL", "passive"}) {
        Session session{.functions = {{.environment = {{name, "a"}}}}};
        redact(session, {});
        EXPECT_EQ(session.functions[0].environment.at(name), "a") << name;
    }
}

TEST(Redaction, APasswordInAVariablesUrlOrParametersIsTaken) {
    for (const auto& [written, kept] : std::map<std::string, std::string>{
             {"postgres://u:PW@h/db?a=b", "postgres://u:[redacted]@h/db?a=b"},
             {"redis://:PW@h:6379", "redis://:[redacted]@h:6379"},
             {"https://ghp_x@github.com/a@b", "https://[redacted]@github.com/a@b"},
             {"amqp://u:p@@h http://a:b@c", "amqp://u:[redacted]@h http://a:[redacted]@c"},
             {"https://h:80/@x?y=u:p@h", "https://h:80/@x?y=u:p@h"},
             {"Server=db;User Id=u;Password=PW;Pooling=true", "Server=db;User Id=u;Password=[redacted];Pooling=true"},
             {"host=db password=PW port=1", "host=db password=[redacted] port=1"},
             {"https://h/?token=PW&x=1", "https://h/?token=[redacted]&x=1"},
             {"mode=1", "mode=1"},
         }) {
        Session session{.functions = {{.environment = {{"DB_URL", written}}}}};
        redact(session, {});
        EXPECT_EQ(session.functions[0].environment.at("DB_URL"), kept);
    }
}

TEST(Redaction, FieldsOfAVariableThatIsJsonAreTaken) {
    for (const auto& [written, kept] : std::map<std::string, std::string>{
             {R"({"password":"PW","user":"u"})", R"({"password":"[redacted]","user":"u"})"},
             {R"( {"a": [{"apiKey": {"x": "PW"}}, 1], "Token": 5 })",
              R"( {"a": [{"apiKey": "[redacted]"}, 1], "Token": "[redacted]" })"},
             {R"({"card":"PW","url":"redis://:PW@h","pass":null,"salt":""})",
              R"({"card":"[redacted]","url":"redis://:[redacted]@h","pass":null,"salt":""})"},
             {R"({"passw\u006frd":"PW"})", R"({"passw\u006frd":"[redacted]"})"},
             {R"({"password":"PW",)", R"({"password":"[redacted]",)"},
             {R"(["password","kept"])", R"(["password","kept"])"},
         }) {
        Session session{.functions = {{.environment = {{"DB", written}}}}};
        redact(session, {.fields = {"card"}});
        EXPECT_EQ(session.functions[0].environment.at("DB"), kept);
    }
}

}  // namespace
}  // namespace understudy::record
