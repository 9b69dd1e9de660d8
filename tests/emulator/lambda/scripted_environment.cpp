#include "tests/emulator/lambda/scripted_environment.hpp"

#include <memory>
#include <utility>

namespace understudy::lambda {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};

std::string describe(const Action& action) {
    return std::visit(
        Overloaded{
            [](const Reply& reply) {
                std::string body(reply.response.body.view());
                if (body.ends_with('\n')) body.pop_back();
                return "reply " + std::to_string(static_cast<std::uint64_t>(reply.ticket)) + ": " +
                       std::to_string(reply.response.status) + " " + body;
            },
            [](const Complete& complete) {
                const bool succeeded = complete.outcome.kind == OutcomeKind::succeeded;
                return std::string("complete ") + (succeeded ? "succeeded: " : "function_error: ") +
                       complete.outcome.payload;
            },
            [](const StartReply& start) { return "start " + start.content_type; },
            [](const PassBytes& pass) { return "pass " + std::string(pass.bytes); },
            [](Terminate) { return std::string("terminate"); },
            [](Kill) { return std::string("kill"); },
            [](Idle) { return std::string("idle"); },
            [](const Dead& dead) { return dead.returned ? "dead, returns " + dead.returned->id : std::string("dead"); },
            [](OverMemory over) { return "over memory: " + std::to_string(over.peak_kilobytes); },
            [](const WriteLog& log) { return "log: " + log.text; },
        },
        action);
}

}  // namespace

std::vector<std::string> describe(const Actions& actions) {
    std::vector<std::string> lines;
    for (const Action& action : actions) lines.push_back(describe(action));
    return lines;
}

Invocation make_invocation(std::string id) {
    Invocation invocation;
    invocation.id = std::move(id);
    invocation.payload = std::make_shared<const std::string>("event");
    return invocation;
}

EnvironmentTerms ScriptedEnvironment::quiet_terms() {
    EnvironmentTerms terms = logged_terms();
    terms.log = EnvironmentTerms::PlatformLog::omitted;
    return terms;
}

EnvironmentTerms ScriptedEnvironment::logged_terms() {
    return {.timeout = std::chrono::milliseconds(3000),
            .memory_megabytes = 128,
            .clock_scale = 1.0,
            .log = EnvironmentTerms::PlatformLog::written};
}

void ScriptedEnvironment::wait(std::chrono::nanoseconds duration) {
    now.steady += duration;
    now.wall += duration;
}

ScriptedEnvironment::Lines ScriptedEnvironment::call(std::uint64_t ticket, RuntimeCall call) {
    return describe(environment.on_call(std::move(call), Ticket(ticket), now, peak_memory_kilobytes));
}

ScriptedEnvironment::Lines ScriptedEnvironment::next(std::uint64_t ticket) {
    return call(ticket, Next{});
}

ScriptedEnvironment::Lines ScriptedEnvironment::respond(std::uint64_t ticket, std::string id, std::string body) {
    InvocationResponse response;
    response.id = std::move(id);
    response.body = std::move(body);
    return call(ticket, std::move(response));
}

ScriptedEnvironment::Lines ScriptedEnvironment::post_error(std::uint64_t ticket, std::string id, std::string body) {
    InvocationError error;
    error.id = std::move(id);
    error.body = std::move(body);
    return call(ticket, std::move(error));
}

ScriptedEnvironment::Lines ScriptedEnvironment::post_init_error(std::uint64_t ticket, std::string body,
                                                                std::string type) {
    InitError error;
    error.body = std::move(body);
    error.error_type = std::move(type);
    return call(ticket, std::move(error));
}

ScriptedEnvironment::Lines ScriptedEnvironment::invoke(std::string id) {
    return invoke(make_invocation(std::move(id)));
}

ScriptedEnvironment::Lines ScriptedEnvironment::invoke(Invocation invocation) {
    return describe(environment.on_invoke(std::move(invocation), now));
}

ScriptedEnvironment::Lines ScriptedEnvironment::exit(int code) {
    return describe(environment.on_exit({ExitStatus::Kind::exited, code}, now, peak_memory_kilobytes));
}

ScriptedEnvironment::Lines ScriptedEnvironment::die(int signal) {
    return describe(environment.on_exit({ExitStatus::Kind::signaled, signal}, now, peak_memory_kilobytes));
}

ScriptedEnvironment::Lines ScriptedEnvironment::reach_deadline() {
    return describe(environment.on_deadline(now, peak_memory_kilobytes));
}

void ScriptedEnvironment::bring_to(RuntimeState state) {
    switch (state) {
        case RuntimeState::started:
            return;
        case RuntimeState::init_error:
            post_init_error(100, "{}");
            return;
        case RuntimeState::ready:
            next(100);
            return;
        case RuntimeState::running:
            next(100);
            invoke("id-1");
            return;
        case RuntimeState::invocation_response: {
            bring_to(RuntimeState::running);
            InvocationResponse response;
            response.id = "id-1";
            response.response_mode = "buffered";
            call(101, std::move(response));
            return;
        }
        case RuntimeState::response_sent:
            bring_to(RuntimeState::running);
            respond(101, "id-1", "reply");
            return;
        case RuntimeState::killed:
            bring_to(RuntimeState::running);
            wait(std::chrono::seconds(3));
            reach_deadline();
            return;
        case RuntimeState::exited:
            bring_to(RuntimeState::ready);
            exit(0);
            return;
    }
}

}  // namespace understudy::lambda
