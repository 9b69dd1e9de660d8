#pragma once

#include "handler/rpc/method_table.hpp"
#include "proto/wire/status.hpp"

#include <google/protobuf/message.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy {

/// A function as a program: what Lambda would run as `bootstrap`.
struct Program {
    std::vector<std::string> command;  ///< Program and arguments, run without a shell; looked up in PATH.
    std::vector<std::pair<std::string, std::string>> environment = {};  ///< The function's own variables.
    std::string directory = {};  ///< Where it works, and where a relative path of it begins. Empty: here.
};

/// A function as a C++ function: an event in, the reply out. An exception that leaves it is the function's error. It is
/// called in threads of this process, so that a debugger stops in it.
///
/// What it writes in that thread to `std::cout`, `std::cerr` and `std::clog` is its log; what threads of its own write
/// there, and what C writes to `stdout` and `stderr`, goes where the test's own output goes, for a process has only one
/// of each. For the same reason its variables are those of this process, to which `Serving::environment` adds; of those
/// that Lambda sets, such as AWS_REGION, it has what stands there.
using EventFunction = std::function<std::string(std::string_view event)>;

/// The front door before the function.
enum class FrontDoor : std::uint8_t {
    http,   ///< API Gateway HTTP API, payload format 2.0.
    http1,  ///< API Gateway HTTP API, payload format 1.0.
    rest,   ///< API Gateway REST API, regional.
    url,    ///< Lambda function URL.
    alb,    ///< Application Load Balancer.
};

/// How a function is served.
struct Serving {
    FrontDoor front = FrontDoor::http;
    /// Of a REST API: what it hands on as bytes.
    std::vector<std::string> binary_media_types = {"application/proto", "application/octet-stream"};
    /// The function's. Zero: 3 s as on AWS for a program; 15 minutes, Lambda's most, for what may stand in a debugger.
    std::chrono::milliseconds timeout{0};
    int memory_megabytes = 128;
    /// How many invocations may run at once. A C++ function is called by so many threads.
    int max_environments = 1;
    /// Further variables of the function. For a C++ function this process has them as long as it is served: so set them
    /// before threads of your own read variables, and not differently for two functions that are served at once, which
    /// is an error.
    std::vector<std::pair<std::string, std::string>> environment = {};
};

/// A reply of plain HTTP.
struct HttpReply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers = {};  ///< In order of arrival, spelling kept.
    std::string body = {};
};

/// How the call of a method ended.
template <class Response>
struct Called {
    wire::Status status;
    Response response = {};  ///< Empty unless the status is ok.
    HttpReply http = {};     ///< What came over the wire; status 0 where nothing came.

    bool ok() const { return status.ok(); }
    friend std::ostream& operator<<(std::ostream& out, const Called& called) {
        out << called.status;
        return called.ok() ? out << ' ' << called.response.ShortDebugString() : out;
    }
};

/// What an invocation through the Lambda API gives.
struct Invoked {
    std::string payload;
    bool function_error = false;
    /// The API's. Other than 200, it did not hand the event to the function, and the payload says why: 400 for one that
    /// is no JSON, 413 for one that is larger than Lambda takes.
    int status = 200;
};

/// A function behind a front door of the emulator, in this process, on ports that were free.
///
/// Thread safety: any number of threads may call it at the same time.
/// Errors: the constructors throw std::runtime_error where it cannot be served, calls where nobody answers.
class LocalFunction {
  public:
    explicit LocalFunction(Program program, Serving serving = {});
    explicit LocalFunction(EventFunction function, Serving serving = {});
    /// The methods behind proxy events, as `rpc::serve_event` answers them.
    explicit LocalFunction(rpc::MethodTable methods, Serving serving = {});
    /// Waits for the calls of a C++ function that still run; kills a program.
    ~LocalFunction();
    LocalFunction(const LocalFunction&) = delete;
    LocalFunction& operator=(const LocalFunction&) = delete;

    /// Where its front door answers, without a slash at its end: `http://127.0.0.1:40123`.
    const std::string& url() const;
    /// Where the Lambda API answers, for `--endpoint-url`. The function is called `function`.
    const std::string& lambda_url() const;

    /// Calls `package.Service/Method` through the front door, with the message in binary form.
    template <class Request, class Response>
    Called<Response> call(const std::string& method, const Request& request) {
        Called<Response> called;
        called.status = call_method(method, request, called.response, called.http);
        return called;
    }
    /// A request of plain HTTP through the front door; `target` begins with a slash.
    HttpReply send(const std::string& method, const std::string& target,
                   const std::vector<std::pair<std::string, std::string>>& headers = {}, const std::string& body = {});
    /// Gives the function an event through the Lambda API's Invoke, past the front door. An empty one is `{}`.
    Invoked invoke(std::string event);

    /// The function's log since it was started, line by line: START, END and REPORT too, and what it writes (see
    /// EventFunction for one in C++).
    std::vector<std::string> logs() const;
    /// The events that it received, in order.
    std::vector<std::string> events() const;

  private:
    class Impl;
    wire::Status call_method(const std::string& method, const google::protobuf::Message& request,
                             google::protobuf::Message& response, HttpReply& reply);

    std::unique_ptr<Impl> impl_;
};

}  // namespace understudy
