#include "tools/scenario/report_human.hpp"

#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario {
namespace {

using source::Colour;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kProto = "application/proto";

RunResult run_order(const std::string& lines, FakeWorld& world) {
    return run_scenario(load_good("name: an order\n" + shop_scenario("  - method: shop.Shop/Order\n" + lines)),
                        app::FrontKind::rest, world.world());
}

TEST(ReportHuman, ARunThatPassedIsOneLine) {
    FakeWorld world;
    world.reply(200, kProto, "");
    EXPECT_EQ(render_run(run_order("", world), Colour::none), "✓ an order  rest  1 ms\n");
}

TEST(ReportHuman, ColourIsUsedWhereItIsAskedFor) {
    FakeWorld world;
    world.reply(200, kProto, "");
    EXPECT_THAT(render_run(run_order("", world), Colour::ansi), HasSubstr("\x1b[32m✓\x1b[0m an order"));
    FakeWorld broken;
    broken.fail_to_start("why");
    EXPECT_THAT(render_run(run_order("", broken), Colour::none), Not(HasSubstr("\x1b")));
}

TEST(ReportHuman, AFailedRunShowsTheDifferenceBothSidesAndTheLog) {
    FakeWorld world;
    world.reply(200, kProto, "\x08\x05");
    world.log({"START RequestId: 1", "hello"});
    const auto text = render_run(run_order("    expect: { response: { int32: 6 } }\n", world), Colour::none);
    EXPECT_THAT(text, HasSubstr("✗ an order  rest  1 ms\n"));
    EXPECT_THAT(text, HasSubstr("  step 1, Order, 1 ms\n"));
    EXPECT_THAT(text, HasSubstr("int32: expected 6, got 5"));
    EXPECT_THAT(text, HasSubstr("shop.yaml:7:34"));
    EXPECT_THAT(text, HasSubstr("expect: { response: { int32: 6 } }"));
    EXPECT_THAT(text, HasSubstr("  request   {\"int32\":0,"));
    EXPECT_THAT(text, HasSubstr("  expected  {\"int32\":6,"));
    EXPECT_THAT(text, HasSubstr("  reply     HTTP 200 application/proto, 2 bytes\n"));
    EXPECT_THAT(text, HasSubstr("  received  {\"int32\":5,"));
    EXPECT_THAT(text, HasSubstr("  log       START RequestId: 1\n            hello\n"));
}

TEST(ReportHuman, AStepWithANameShowsItsMethodToo) {
    FakeWorld world;
    world.reply(500, kProto, "");
    EXPECT_THAT(render_run(run_order("    name: first\n", world), Colour::none),
                HasSubstr("step 1, first (shop.Shop/Order), 1 ms"));
}

TEST(ReportHuman, AnUndecodableReplyIsShownInHexWithTheHint) {
    FakeWorld world;
    world.reply(200, kProto, "UgMKAWE=");
    const auto text = render_run(run_order("", world), Colour::none);
    EXPECT_THAT(text, HasSubstr("the body is no shop.Everything"));
    EXPECT_THAT(text, HasSubstr("  bytes     55 67 4d 4b 41 57 45 3d\n"));
    EXPECT_THAT(text, HasSubstr("  hint      the body is the message as base64 text"));
}

TEST(ReportHuman, AnErrorsBodyIsShown) {
    FakeWorld world;
    world.reply(502, "application/json", R"({"message": "Internal server error"})");
    EXPECT_THAT(render_run(run_order("", world), Colour::none),
                HasSubstr("  received  {\"message\": \"Internal server error\"}\n"));
}

TEST(ReportHuman, AReplyThatDidNotComeIsAnError) {
    FakeWorld world;
    world.reply_nothing("no reply to POST http://127.0.0.1:41234/shop.Shop/Order: refused");
    EXPECT_THAT(render_run(run_order("", world), Colour::none), HasSubstr("error: no reply to POST"));
}

TEST(ReportHuman, LongListsOfDifferencesAndLongValuesAreCut) {
    FakeWorld world;
    std::string numbers(100, '\1');
    world.reply(200, kProto, "\x62" + std::string(1, static_cast<char>(numbers.size())) + numbers);
    world.log({std::string(5000, 'x')});
    const auto text = render_run(run_order("    expect: { response: { numbers: [] } }\n", world), Colour::none);
    EXPECT_THAT(text, HasSubstr("numbers[9]: expected absent, got 1"));
    EXPECT_THAT(text, Not(HasSubstr("numbers[10]: expected")));
    EXPECT_THAT(text, HasSubstr("and 90 more"));
    EXPECT_THAT(text, HasSubstr("x… (3000 more bytes)"));
}

}  // namespace
}  // namespace understudy::scenario
