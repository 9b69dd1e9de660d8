// A real handler whose behaviour the event chooses: the value of its key "do", wherever that stands.
#include "handler/runtime/runtime.hpp"

#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>

extern char** environ;

namespace {

using understudy::runtime::Context;
using understudy::runtime::Response;

std::string find_order(std::string_view event) {
    constexpr std::string_view kKey = R"("do":")";
    const auto key = event.find(kKey);
    if (key == std::string_view::npos) return "echo";
    const auto begin = key + kKey.size();
    return std::string(event.substr(begin, event.find('"', begin) - begin));
}

[[noreturn]] void hang() {
    std::cout << "hanging in " << ::getpid() << std::endl;
    while (true) ::pause();
}

/// Starts a process of its own group-mate that outlives a plain kill of its parent.
void leave_grandchild() {
    if (::fork() == 0) hang();
}

std::string list_environment() {
    std::string list;
    for (char** variable = environ; *variable != nullptr; ++variable) list.append(*variable).append("\n");
    return list;
}

Response obey(std::string_view event, const Context& context) {
    const std::string order = find_order(event);
    if (order == "exit0") std::_Exit(0);
    if (order == "exit3") std::_Exit(3);
    if (order == "abort") std::abort();
    if (order == "kill") ::kill(::getpid(), SIGKILL);
    if (order == "hang") hang();
    if (order == "throw") throw std::runtime_error("as ordered");
    if (order == "pid") return {std::to_string(::getpid()), "text/plain"};
    if (order == "id") return {context.request_id, "text/plain"};
    if (order == "remaining") return {std::to_string(context.remaining().count()), "text/plain"};
    if (order == "environment") return {list_environment(), "text/plain"};
    if (order == "largest") return {std::string(6 * 1024 * 1024 + 100, 'x'), "text/plain"};
    if (order == "too-large") return {std::string(6 * 1024 * 1024 + 101, 'x'), "text/plain"};
    if (order == "context") return {context.client_context + '\n' + context.invoked_function_arn, "text/plain"};
    if (order == "hang-with-grandchild") {
        leave_grandchild();
        hang();
    }
    if (order == "unfinished") std::cout << "no newline" << std::flush;
    if (order == "log") {
        std::cout << "to stdout" << std::endl;
        std::cerr << "to stderr" << std::endl;
        return {"\"logged\"", "application/json"};
    }
    if (order == "bytes") {
        return {
            R"({"statusCode":200,"headers":{"Content-Type":"application/proto"},"isBase64Encoded":true,"body":"AP8B"})",
            "application/json"};
    }
    if (order == "malformed") return {R"({"statusCode":"none"})", "application/json"};
    return {std::string(event), "application/json"};
}

}  // namespace

int main() {
    return understudy::runtime::run_after([] {
        const char* init = std::getenv("ON_INIT");
        const std::string order = init == nullptr ? "" : init;
        if (order == "exit0") std::_Exit(0);
        if (order == "exit3") std::_Exit(3);
        if (order == "throw") throw std::runtime_error("no luck in init");
        if (order == "hang") hang();
        return understudy::runtime::Handler(obey);
    });
}
