// A real handler whose behaviour the event chooses: the value of its key "do", wherever that stands; else the variable
// ORDER.
#include "handler/runtime/runtime.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

extern char** environ;

namespace {

using understudy::runtime::Context;
using understudy::runtime::Response;

std::string find_text(std::string_view event, const std::string& name, std::string fallback) {
    const std::string key = '"' + name + "\":\"";
    const auto found = event.find(key);
    if (found == std::string_view::npos) return fallback;
    const auto begin = found + key.size();
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

/// `authority` is `127.0.0.1:3000`.
int connect_to(const std::string& authority) {
    const auto colon = authority.find(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(authority.substr(colon + 1))));
    ::inet_pton(AF_INET, authority.substr(0, colon).c_str(), &address.sin_addr);
    const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
    ::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    return connection;
}

int connect_to_runtime_api() {
    return connect_to(std::getenv("AWS_LAMBDA_RUNTIME_API"));
}

void write_all(int connection, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto size = ::write(connection, bytes.data(), bytes.size());
        if (size < 0) std::abort();
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
}

void write_chunk(int connection, const std::string& bytes) {
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
    write_all(connection, size.data() + bytes + "\r\n");
}

/// Waits until somebody writes a line into the pipe that the variable GATE names, and returns it.
std::string pass_gate() {
    std::cout << "at the gate" << std::endl;
    std::ifstream gate(std::getenv("GATE"));
    std::string line;
    std::getline(gate, line);
    return line;
}

/// Sends the texts of PUSH, between bars, to the client whose message the event brings.
void push(std::string_view event) {
    if (find_text(event, "eventType", {}) != "MESSAGE") return;
    const std::string url = std::getenv("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI");
    const auto host = url.find("://") + 3, path = url.find('/', host);
    const std::string authority = url.substr(host, path - host), id = find_text(event, "connectionId", {});
    const std::string target = url.substr(path) + "/@connections/" + id.substr(0, id.find('=')) + "%3D";
    std::istringstream texts(std::getenv("PUSH"));
    for (std::string text; std::getline(texts, text, '|');) {
        const int connection = connect_to(authority);
        write_all(connection, "POST " + target + " HTTP/1.1\r\nHost: " + authority + "\r\nConnection: close\r\n" +
                                  "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text);
        std::array<char, 512> answer{};
        while (::read(connection, answer.data(), answer.size()) > 0) continue;
        ::close(connection);
    }
}

/// The same behind the reply.
void push_behind(const std::string& event) {
    pass_gate();
    push(event);
}

/// Breaks the response off, asks for the next event at once, says what it got, and ends.
[[noreturn]] void cut(int connection) {
    ::close(connection);
    const int next = connect_to_runtime_api();
    write_all(next, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: api\r\n\r\n");
    std::array<char, 13> status{};
    if (::read(next, status.data(), status.size() - 1) < 0) std::abort();
    std::cout << "next answered " << status.data() << std::endl;
    std::_Exit(0);
}

/// Goes on writing, a piece each few milliseconds, for as long as it is read.
[[noreturn]] void stream_on(int connection) {
    while (true) {
        write_chunk(connection, "on,");
        pollfd gone{connection, POLLIN, 0};
        if (::poll(&gone, 1, 5) != 0) std::_Exit(0);
    }
}

/// Writes 1 MiB, and ends while the most of it is still to be read.
[[noreturn]] void burst(int connection) {
    for (int i = 0; i < 16; ++i) write_chunk(connection, std::string(0x10000, 'x'));
    std::_Exit(1);
}

/// Streams a response in pieces, and ends. Waits behind its first part until somebody opens `gate`.
[[noreturn]] void stream(const std::string& order, const std::string& gate, const std::string& request_id) {
    const int connection = connect_to_runtime_api();
    const std::string mode = order == "stream-unnamed" ? "" : "Lambda-Runtime-Function-Response-Mode: streaming\r\n";
    write_all(connection, "POST /2018-06-01/runtime/invocation/" + request_id +
                              "/response HTTP/1.1\r\nHost: api\r\nTransfer-Encoding: chunked\r\n" + mode +
                              "Content-Type: application/vnd.awslambda.http-integration-response\r\n"
                              "Trailer: Lambda-Runtime-Function-Error-Type\r\n\r\n");
    if (order == "stream-without-prelude") {
        write_chunk(connection, "not even JSON");
    } else if (order != "stream-nothing") {
        write_chunk(connection, R"({"statusCode":201,"hea)");
        write_chunk(connection, R"(ders":{"X-Kind":"stream"}})" + std::string(8, '\0') + "first,");
    }
    if (!gate.empty()) std::ifstream(gate).get();
    if (order == "stream-on") stream_on(connection);
    if (order == "stream-crash") std::_Exit(1);
    if (order == "stream-burst") burst(connection);
    if (order == "stream-cut") cut(connection);
    if (order == "stream" || order == "stream-unnamed") write_chunk(connection, std::string("\0\xff,second", 9));
    const bool tells = order == "stream-told";
    const bool fails = tells || order == "stream-error" || order == "stream-nothing";
    // {"errorType":"Told","errorMessage":"in words"}
    const std::string body =
        "Lambda-Runtime-Function-Error-Body: "
        "eyJlcnJvclR5cGUiOiJUb2xkIiwiZXJyb3JNZXNzYWdlIjoiaW4gd29yZHMifQ==\r\n";
    const std::string trailers = "Lambda-Runtime-Function-Error-Type: Oops\r\n" + (tells ? body : "");
    write_all(connection, "0\r\n" + (fails ? trailers : "") + "\r\n");
    std::array<char, 1024> reply{};
    if (::read(connection, reply.data(), reply.size()) < 0) std::abort();
    std::_Exit(0);
}

/// Posts 4 MiB in chunks, and ends before they are answered.
[[noreturn]] void post_and_end(const std::string& request_id) {
    const int connection = connect_to_runtime_api();
    write_all(connection, "POST /2018-06-01/runtime/invocation/" + request_id +
                              "/response HTTP/1.1\r\nHost: api\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 64; ++i) write_chunk(connection, std::string(0x10000, 'x'));
    write_all(connection, "0\r\n\r\n");
    std::_Exit(0);
}

/// Posts an error with its cause, and ends.
[[noreturn]] void fail_with_cause(const std::string& request_id) {
    const int connection = connect_to_runtime_api();
    const std::string body = R"({"errorMessage":"m","errorType":"T","errorCause":{"message":"why"}})";
    write_all(connection, "POST /2018-06-01/runtime/invocation/" + request_id +
                              "/error HTTP/1.1\r\nHost: api\r\nContent-Length: " + std::to_string(body.size()) +
                              "\r\nContent-Type: application/vnd.aws.lambda.error.cause+json\r\n\r\n" + body);
    std::array<char, 1024> reply{};
    if (::read(connection, reply.data(), reply.size()) < 0) std::abort();
    std::_Exit(0);
}

/// Streams 64 MiB, and says so where its reader lets it wait for half a second on the way.
[[noreturn]] void stream_much(const std::string& request_id) {
    const int connection = connect_to_runtime_api();
    write_all(connection, "POST /2018-06-01/runtime/invocation/" + request_id +
                              "/response HTTP/1.1\r\nHost: api\r\nTransfer-Encoding: chunked\r\n"
                              "Lambda-Runtime-Function-Response-Mode: streaming\r\n"
                              "Content-Type: application/vnd.awslambda.http-integration-response\r\n\r\n");
    write_chunk(connection, "{}" + std::string(8, '\0'));
    ::fcntl(connection, F_SETFL, O_NONBLOCK);
    const std::string piece = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
    bool told = false;
    for (int i = 0; i < 1024; ++i) {
        for (std::string_view rest = piece; !rest.empty();) {
            pollfd wait{connection, POLLOUT, 0};
            if (::poll(&wait, 1, told ? -1 : 500) == 0) {
                std::cout << "held up behind " << i << std::endl;
                told = true;
                continue;
            }
            const auto size = ::write(connection, rest.data(), rest.size());
            if (size > 0) rest.remove_prefix(static_cast<std::size_t>(size));
            if (size < 0 && errno != EAGAIN) std::_Exit(1);
        }
    }
    if (!told) std::cout << "held up never" << std::endl;
    ::fcntl(connection, F_SETFL, 0);
    write_all(connection, "0\r\n\r\n");
    std::array<char, 1024> reply{};
    if (::read(connection, reply.data(), reply.size()) < 0) std::abort();
    std::_Exit(0);
}

/// Posts half of a response, says what the Runtime API answers to it, and ends.
[[noreturn]] void break_off(const std::string& request_id) {
    const int connection = connect_to_runtime_api();
    const std::string half =
        "POST /2018-06-01/runtime/invocation/" + request_id + "/response HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf";
    write_all(connection, half);
    ::shutdown(connection, SHUT_WR);
    std::string reply;
    std::array<char, 1024> part{};
    for (ssize_t size; (size = ::read(connection, part.data(), part.size())) > 0;) {
        reply.append(part.data(), static_cast<std::size_t>(size));
    }
    std::cout << "answered " << reply.substr(0, 12) << ' ' << reply.substr(reply.find("\r\n\r\n") + 4) << std::endl;
    std::_Exit(0);
}

/// A daemon by the book: a session of its own, orphaned, with an empty environment where `forgetful`.
void leave_daemon(bool forgetful) {
    if (::fork() != 0) return;
    ::setsid();
    if (!forgetful && ::fork() != 0) std::_Exit(0);
    if (forgetful) {
        std::cout << "daemon " << ::getpid() << std::endl;
        std::array<char*, 1> nothing{nullptr};
        const char* sleep = "/bin/sleep";
        ::execle(sleep, sleep, "1000", nullptr, nothing.data());
    }
    std::cout << "daemon " << ::getpid() << std::endl;
    while (true) ::pause();
}

/// Memory that is there until the end: 48 MiB, all of it touched.
void grow() {
    static const std::string ballast(48 << 20, 'x');
    if (ballast.empty()) std::abort();
}

/// Says that SIGTERM came, and ends.
void tell_signals() {
    struct sigaction action {};
    action.sa_handler = [](int) {
        constexpr std::string_view kWords = "told to end\n";
        if (::write(STDOUT_FILENO, kWords.data(), kWords.size()) < 0) std::abort();
        std::_Exit(0);
    };
    ::sigaction(SIGTERM, &action, nullptr);
}

/// As Go's client with WithEnableSIGTERM.
void register_extension() {
    const int connection = connect_to_runtime_api();
    write_all(connection,
              "POST /2020-01-01/extension/register HTTP/1.1\r\nHost: api\r\nLambda-Extension-Name: within\r\n"
              "Content-Length: 13\r\n\r\n{\"events\":[]}");
    std::array<char, 1024> reply{};
    if (::read(connection, reply.data(), reply.size()) < 0) std::abort();
}

/// Asks for an event, which does not come at once, on a connection of its own.
int ask_for_event() {
    const int connection = connect_to_runtime_api();
    write_all(connection, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: api\r\n\r\n");
    return connection;
}

std::string list_environment() {
    std::string list;
    for (char** variable = environ; *variable != nullptr; ++variable) list.append(*variable).append("\n");
    return list;
}

/// The event as the body of a reply that every front takes.
std::string show(std::string_view event) {
    std::string body;
    for (const char c : event) {
        if (c == '"' || c == '\\') body += '\\';
        body += c;
    }
    return R"({"statusCode":200,"headers":{"Content-Type":"application/json"},"body":")" + body + "\"}";
}

/// The request's body as the reply's, with its content type.
std::string mirror(std::string_view event) {
    const std::string type = find_text(event, "content-type", find_text(event, "Content-Type", ""));
    const std::string_view key = R"("body":")";
    const auto found = event.find(key);
    const auto begin = found == std::string_view::npos ? event.size() : found + key.size();
    auto end = begin;
    while (end < event.size() && event[end] != '"') end += event[end] == '\\' ? 2 : 1;
    const bool bytes = event.find(R"("isBase64Encoded":true)") != std::string_view::npos;
    return R"({"statusCode":200,"headers":{"Content-Type":")" + type + R"("},"isBase64Encoded":)" +
           (bytes ? "true" : "false") + R"(,"body":")" + std::string(event.substr(begin, end - begin)) + "\"}";
}

/// A policy that lets everything pass, and the number of the call.
std::string write_policy() {
    static int calls = 0;
    return R"({"principalId":"me","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow",)"
           R"("Action":"execute-api:Invoke","Resource":"*"}]},"context":{"calls":)" +
           std::to_string(++calls) + "}}";
}

Response obey(std::string_view event, const Context& context) {
    const char* standing = std::getenv("ORDER");
    const std::string order = find_text(event, "do", standing == nullptr ? "echo" : standing);
    if (order == "show") return {show(event), "application/json"};
    if (order == "mirror") return {mirror(event), "application/json"};
    if (order == "log-event") {
        std::cout << "event " << event << std::endl;
        return {R"({"statusCode":200})", "application/json"};
    }
    if (order == "policy") return {write_policy(), "application/json"};
    if (order == "exit0") std::_Exit(0);
    if (order == "exit3") std::_Exit(3);
    if (order == "abort") std::abort();
    if (order == "kill") ::kill(::getpid(), SIGKILL);
    if (order == "kill-parent") {
        ::kill(::getppid(), SIGKILL);
        hang();
    }
    if (order == "hang") hang();
    if (order == "throw") throw std::runtime_error("as ordered");
    if (order == "unparsed") throw std::runtime_error("cannot parse the request");
    if (order == "cause") fail_with_cause(context.request_id);
    if (order == "pid") return {std::to_string(::getpid()), "text/plain"};
    if (order == "push") {
        push(event);
        return {R"({"statusCode":200,"body":"yes"})", "application/json"};
    }
    if (order == "push-behind") {
        if (find_text(event, "eventType", {}) == "MESSAGE") std::thread(push_behind, std::string(event)).detach();
        return {R"({"statusCode":200,"body":"yes"})", "application/json"};
    }
    if (order == "reply") return {std::getenv("REPLY"), "application/json"};
    if (order == "tell") {
        std::cout << "told " << event << std::endl;
        return {R"({"statusCode":200})", "application/json"};
    }
    if (order == "gate") return {pass_gate(), "text/plain"};
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
    if (order == "stream-much") stream_much(context.request_id);
    if (order.starts_with("stream")) stream(order, find_text(event, "gate", ""), context.request_id);
    if (order == "post-and-end") post_and_end(context.request_id);
    if (order == "break-off") break_off(context.request_id);
    if (order == "daemon") leave_daemon(false);
    if (order == "forgetful-daemon") leave_daemon(true);
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
        if (order == "grow") grow();
        if (order == "tell-signals" || order == "register") tell_signals();
        if (order == "register") register_extension();
        if (order == "abandon-next") ::close(ask_for_event());
        return understudy::runtime::Handler(obey);
    });
}
