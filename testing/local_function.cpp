#include "client/api_client.hpp"
#include "emulator/app/single_function.hpp"
#include "emulator/emulator.hpp"
#include "emulator/process/program.hpp"
#include "handler/rpc/proxy_reply.hpp"
#include "proto/wire/metadata.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <understudy/local_function.hpp>

#include "testing/observed.hpp"
#include "testing/process_variables.hpp"
#include "testing/runtime_threads.hpp"

namespace understudy {
namespace {

constexpr std::chrono::milliseconds kProgramTimeout{3000};
constexpr std::chrono::milliseconds kLongestTimeout{900'000};
/// A reply is waited for as long as the function may take, and this.
constexpr std::chrono::milliseconds kTransportPatience{30'000};

app::Application to_application(app::Function function, const Serving& serving) {
    static_assert(static_cast<int>(FrontDoor::alb) == static_cast<int>(app::FrontKind::alb));
    const auto front = static_cast<app::FrontKind>(serving.front);
    app::Application application;
    application.apis = {
        app::to_single_function_api(front, {.binary_media_types = serving.binary_media_types}, function.name)};
    application.apis.front().id = "testing000";
    application.functions = {std::move(function)};
    return application;
}

/// Found here and not with the first call, so that a test fails where it is set up.
app::Function to_function(Program program) {
    if (program.command.empty()) throw std::runtime_error("the program to serve has no name");
    const std::filesystem::path here = std::filesystem::current_path();
    const std::string directory = (here / program.directory).lexically_normal().string();
    const char* path = std::getenv("PATH");
    const auto found = process::find_program(program.command.front(), path == nullptr ? "" : path, directory);
    if (!found) throw std::runtime_error(found.error().message());
    return {
        .command = std::move(program.command), .directory = directory, .environment = std::move(program.environment)};
}

runtime::Handler to_handler(EventFunction function) {
    if (!function) throw std::runtime_error("the function to serve is empty");
    return [function = std::move(function)](std::string_view event, const runtime::Context&) {
        return runtime::Response{.bytes = function(event)};
    };
}

runtime::Handler to_handler(rpc::MethodTable methods) {
    return [methods = std::make_shared<const rpc::MethodTable>(std::move(methods))](std::string_view event,
                                                                                    const runtime::Context&) {
        return runtime::Response{.bytes = rpc::serve_event(*methods, event).response};
    };
}

HttpReply to_reply(client::Exchange&& exchange) {
    return {exchange.status, std::move(exchange.headers), std::move(exchange.body)};
}

}  // namespace

/// The emulator with the thread that it lives on.
class LocalFunction::Impl {
  public:
    Impl(app::Function function, runtime::Handler handler, const Serving& serving)
        : timeout_(serving.timeout.count() > 0 ? serving.timeout
                   : handler                   ? kLongestTimeout
                                               : kProgramTimeout) {
        function.timeout = timeout_;
        function.memory_megabytes = serving.memory_megabytes;
        function.environment.insert(function.environment.end(), serving.environment.begin(), serving.environment.end());
        Settings settings;
        settings.max_environments = serving.max_environments;
        if (handler) {
            variables_.emplace(serving.environment);
            runtimes_ = std::make_unique<RuntimeThreads>(std::move(handler));
            settings.hosted[function.name] = [this](HostedRuntime hosted) { runtimes_->start(std::move(hosted)); };
        }
        name_ = function.name;
        settings.application = to_application(std::move(function), serving);
        thread_ = std::thread([this] { context_.run(); });
        start(std::move(settings));
    }

    ~Impl() { end(); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    const Endpoints& endpoints() const { return endpoints_; }
    const Observed& observed() const { return observed_; }

    client::HttpClient make_client() const { return client::HttpClient(*client::parse_url(endpoints_.gateway)); }
    std::chrono::milliseconds patience() const { return timeout_ + kTransportPatience; }

    Invoked invoke(std::string event) const {
        client::HttpClient client(*client::parse_url(endpoints_.lambda));
        client::HttpRequest request{.method = "POST",
                                    .target = "/2015-03-31/functions/" + name_ + "/invocations",
                                    .headers = {{"Content-Type", "application/json"}},
                                    .body = std::move(event)};
        auto exchange = client.exchange(request, patience()).value();
        const bool failed = std::ranges::any_of(
            exchange.headers, [](const auto& header) { return wire::same_name(header.first, "X-Amz-Function-Error"); });
        return {.payload = std::move(exchange.body), .function_error = failed, .status = exchange.status};
    }

  private:
    void run(const std::function<void()>& action) {
        std::promise<void> done;
        boost::asio::post(context_, [&] {
            action();
            done.set_value();
        });
        done.get_future().wait();
    }

    void start(Settings settings) {
        std::optional<source::Result<Endpoints>> endpoints;
        run([&] {
            emulator_ = std::make_unique<Emulator>(context_, std::move(settings), observed_);
            endpoints = emulator_->start();
        });
        if (*endpoints) {
            endpoints_ = **endpoints;
            return;
        }
        end();
        throw std::runtime_error(endpoints->error().message());
    }

    /// The runtimes end when nobody asks them any more; until then they may post to the context.
    void end() {
        run([this] { emulator_.reset(); });
        runtimes_.reset();
        work_.reset();
        thread_.join();
    }

    std::chrono::milliseconds timeout_;
    std::string name_;
    std::optional<ProcessVariables>
        variables_;  ///< Of a C++ function. Set before its threads begin, and until they end.
    Observed observed_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
    std::unique_ptr<RuntimeThreads> runtimes_;
    std::unique_ptr<Emulator> emulator_;
    Endpoints endpoints_;
    std::thread thread_;
};

LocalFunction::LocalFunction(Program program, Serving serving)
    : impl_(std::make_unique<Impl>(to_function(std::move(program)), runtime::Handler(), serving)) {}

LocalFunction::LocalFunction(EventFunction function, Serving serving)
    : impl_(std::make_unique<Impl>(app::Function(), to_handler(std::move(function)), serving)) {}

LocalFunction::LocalFunction(rpc::MethodTable methods, Serving serving)
    : impl_(std::make_unique<Impl>(app::Function(), to_handler(std::move(methods)), serving)) {}

LocalFunction::~LocalFunction() = default;

const std::string& LocalFunction::url() const {
    return impl_->endpoints().gateway;
}

const std::string& LocalFunction::lambda_url() const {
    return impl_->endpoints().lambda;
}

wire::Status LocalFunction::call_method(const std::string& method, const google::protobuf::Message& request,
                                        google::protobuf::Message& response, HttpReply& reply) {
    const std::string written = '/' + method;
    const auto path = wire::parse_method_path(written);
    if (!path) throw std::invalid_argument("'" + method + "' is no package.Service/Method");
    client::HttpClient client = impl_->make_client();
    client::CallOptions options;
    options.limit = impl_->patience();
    client::CallResult result = client::call(client, *path, request, response, options);
    if (result.exchange) reply = to_reply(*std::move(result.exchange));
    return std::move(result.status);
}

HttpReply LocalFunction::send(const std::string& method, const std::string& target,
                              const std::vector<std::pair<std::string, std::string>>& headers,
                              const std::string& body) {
    client::HttpClient client = impl_->make_client();
    return to_reply(client.exchange({method, target, headers, body}, impl_->patience()).value());
}

Invoked LocalFunction::invoke(std::string event) {
    return impl_->invoke(std::move(event));
}

std::vector<std::string> LocalFunction::logs() const {
    return impl_->observed().log();
}

std::vector<std::string> LocalFunction::events() const {
    return impl_->observed().events();
}

}  // namespace understudy
