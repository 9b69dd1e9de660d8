#include "tests/tools/report/sample_run.hpp"

#include <utility>

namespace understudy::report {

using scenario::RunResult;
using scenario::StepResult;
using source::Problem;
using source::ProblemCode;

namespace {

constexpr const char* kText =
    "name: an order\n"
    "schema: { proto_files: [shop/shop.proto] }\n"
    "application:\n"
    "  command: [bin/shop, --fast]\n"
    "steps:\n"
    "  - method: shop.Shop/Order\n"
    "    expect: { response: { int32: 6 } }\n";

}  // namespace

StepResult make_step() {
    StepResult step;
    step.name = "Order";
    step.subject = "shop.Shop/Order";
    step.position = {6, 5};
    step.request = R"({"int32":0})";
    step.expected = R"({"int32":6,"name":"a"})";
    step.sent = scenario::Sent{.addressee = scenario::Addressee::front,
                               .base_url = "http://127.0.0.1:41234",
                               .method = "POST",
                               .target = "/shop.Shop/Order",
                               .headers = {{"Content-Type", "application/proto"}},
                               .body = std::string("\x08\x00", 2),
                               .masked = false};
    scenario::Received received;
    received.http_status = 200;
    received.headers = {{"Content-Type", "application/proto"}};
    received.body = "\x08\x06";
    received.response = R"({"int32":6,"name":"a"})";
    step.received = received;
    step.log = {"START RequestId: 1", "hello"};
    step.events = {R"({"version":"2.0"})"};
    step.duration = std::chrono::milliseconds(1);
    return step;
}

StepResult make_failed_step() {
    auto step = make_step();
    step.received->body = "\x08\x05";
    step.received->response = R"({"int32":5,"name":"a"})";
    step.differences.push_back(
        {"int32", "6", "5",
         Problem(ProblemCode::invalid, "int32: expected 6, got 5", "shop.yaml", {7, 34}).with_extent(1)});
    return step;
}

StepResult make_lost_step() {
    auto step = make_step();
    step.received.reset();
    step.problem = Problem(ProblemCode::unreadable, "no reply to POST http://127.0.0.1:41234: refused");
    return step;
}

RunResult make_run(std::vector<StepResult> steps) {
    return {.scenario = "an order",
            .labels = {},
            .document = *source::parse_document(kText, "shop.yaml"),
            .included = {},
            .texts = {},
            .door = "rest",
            .steps = std::move(steps),
            .problem = {},
            .further_problems = {},
            .expected_failure = {},
            .duration = std::chrono::milliseconds(5),
            .position = {1, 1},
            .tags = {},
            .repetition = 0,
            .earlier = {},
            .began = std::chrono::system_clock::time_point(std::chrono::milliseconds(1'767'607'200'250)),
            .seed = {}};
}

RunResult make_broken_run() {
    auto run = make_run({});
    run.problem = Problem(ProblemCode::not_found, "there is no program 'bin/shop'", "shop.yaml", {4, 13});
    return run;
}

RunResult make_flaky_run() {
    auto run = make_run({make_step()});
    run.earlier.push_back(make_run({make_failed_step()}));
    return run;
}

}  // namespace understudy::report
