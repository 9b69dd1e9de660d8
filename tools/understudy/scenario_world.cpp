#include "tools/understudy/scenario_world.hpp"

#include "client/url.hpp"
#include "emulator/process/temp_directory.hpp"
#include "tools/grpc/front.hpp"
#include "tools/grpc/http2_client.hpp"
#include "tools/scenario/http_sender.hpp"
#include "tools/scenario/warm_applications.hpp"
#include "tools/understudy/emulator_thread.hpp"
#include "tools/understudy/scenario_application.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <utility>

namespace understudy::cli {
namespace {

using scenario::Arrived;
using scenario::Outgoing;

/// gRPC goes through a front of its own before the gateway that it is meant for; past an emulator, to the server
/// itself.
class GrpcSender {
  public:
    /// Whom calls are for.
    enum class Served : std::uint8_t { by_emulator, by_server };

    explicit GrpcSender(Served served) : served_(served) {}

    Arrived send(const Outgoing& outgoing);

  private:
    /// Who takes gRPC for a URL, and what goes before its paths.
    struct Server {
        std::string authority;
        std::string base_path;
    };
    source::Result<Server> find_server(const std::string& base_url);

    Served served_;
    std::mutex mutex_;
    std::string base_url_;
    std::unique_ptr<grpc::Front> front_;
};

source::Result<GrpcSender::Server> GrpcSender::find_server(const std::string& base_url) {
    if (served_ == Served::by_server) {
        const auto url = client::parse_url(base_url);
        if (url && url->scheme == client::Scheme::http) return Server{url->host + ':' + url->port, url->base_path};
        return source::Problem(source::ProblemCode::unsupported,
                               "'grpc' is spoken in clear text only, and '" + base_url + "' wants TLS");
    }
    const std::lock_guard lock(mutex_);
    if (!front_ || base_url_ != base_url) {
        auto opened = grpc::Front::open({.gateway = base_url});
        if (!opened) return opened.error();
        front_ = *std::move(opened);
        base_url_ = base_url;
    }
    return Server{front_->authority(), {}};
}

wire::HttpRequest to_wire(const http::Request& request) {
    wire::HttpRequest result{.method = request.method, .target = request.target, .headers = {}, .body = request.body};
    for (const auto line : request.headers) result.headers.emplace_back(line.name, line.value);
    return result;
}

Arrived GrpcSender::send(const Outgoing& outgoing) {
    const auto server = find_server(outgoing.base_url);
    if (!server) return {server.error()};
    auto request = to_wire(outgoing.request);
    request.target.insert(0, server->base_path);
    const auto begin = std::chrono::steady_clock::now();
    auto reply = grpc::exchange_http2(server->authority, request, outgoing.timeout);
    const auto taken = std::chrono::steady_clock::now() - begin;
    Arrived arrived{source::Problem(), std::chrono::duration_cast<std::chrono::microseconds>(taken)};
    if (!reply) {
        arrived.reply = reply.error();
        return arrived;
    }
    http::Response response;
    response.status = reply->status;
    for (const auto& [name, value] : reply->headers) response.headers.add(name, value);
    response.body = std::move(reply->body);
    arrived.reply = std::move(response);
    arrived.trailers = std::move(reply->trailers);
    return arrived;
}

Arrived send_one(scenario::HttpSender& sender, GrpcSender& grpc, const Outgoing& outgoing) {
    if (outgoing.over_http2) return grpc.send(outgoing);
    const auto begin = std::chrono::steady_clock::now();
    auto reply = sender.send(outgoing.base_url, outgoing.request, outgoing.timeout);
    const auto taken = std::chrono::steady_clock::now() - begin;
    return {std::move(reply), std::chrono::duration_cast<std::chrono::microseconds>(taken), {}};
}

/// One connection for what is sent alone, one for each of what is sent together.
std::vector<Arrived> send_together(scenario::HttpSender& kept, GrpcSender& grpc,
                                   const std::vector<Outgoing>& outgoing) {
    if (outgoing.size() == 1) return {send_one(kept, grpc, outgoing.front())};
    std::vector<std::optional<Arrived>> arrived(outgoing.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < outgoing.size(); ++i) {
        threads.emplace_back([&, i] {
            scenario::HttpSender sender;
            arrived[i] = send_one(sender, grpc, outgoing[i]);
        });
    }
    std::vector<Arrived> results;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i].join();
        results.push_back(*std::move(arrived[i]));
    }
    return results;
}

class TempRunFolder : public scenario::RunFolder {
  public:
    explicit TempRunFolder(process::TempDirectory directory)
        : directory_(std::move(directory)), path_(directory_.path().string()) {}
    const std::string& path() const override { return path_; }

  private:
    process::TempDirectory directory_;
    std::string path_;
};

source::Result<std::unique_ptr<scenario::RunFolder>> make_folder(const std::vector<scenario::PlannedFile>& files) {
    auto directory = process::TempDirectory::make_in_system();
    if (!directory) return directory.error();
    auto folder = std::make_unique<TempRunFolder>(*std::move(directory));
    for (const auto& file : files) {
        const auto path = std::filesystem::path(folder->path()) / file.path;
        std::error_code error;
        std::filesystem::create_directories(path.parent_path(), error);
        std::ofstream out(path, std::ios::binary);
        out << file.bytes;
        if (!out.flush())
            return source::Problem(source::ProblemCode::unreadable, "cannot write '" + path.string() + "'");
    }
    return std::unique_ptr<scenario::RunFolder>(std::move(folder));
}

/// A worker's world. What is last here goes first: applications before the thread that they are on.
struct OwnedWorld {
    explicit OwnedWorld(const WorldPlan& plan);

    WorldPlan plan;
    std::optional<EmulatorThread> thread;
    scenario::HttpSender sender;
    GrpcSender grpc;
    scenario::World world;
};

OwnedWorld::OwnedWorld(const WorldPlan& given)
    : plan(given), grpc(given.against.empty() ? GrpcSender::Served::by_emulator : GrpcSender::Served::by_server) {
    if (plan.against.empty()) thread.emplace();
    world.start_application = [this](const app::Application& application) {
        return thread ? start_application(*thread, plan.interrupts, application) : reach_application(plan.against);
    };
    world.start_template = [this](const scenario::TemplatePlan& file) {
        return thread ? start_template(*thread, plan.interrupts, file) : reach_application(plan.against);
    };
    world.send = [this](const std::vector<Outgoing>& outgoing) { return send_together(sender, grpc, outgoing); };
    world.make_folder = make_folder;
    world.sleep = [this](std::chrono::milliseconds time) { plan.interrupts.sleep(time); };
    world.now = [] { return std::chrono::steady_clock::now(); };
    world.wall_clock = [] { return std::chrono::system_clock::now(); };
    world.seed = plan.seed;
    world.warm = std::make_shared<scenario::WarmApplications>();
    if (plan.watch) plan.watch(world);
}

}  // namespace

std::shared_ptr<const scenario::World> make_world(const WorldPlan& plan) {
    auto owned = std::make_shared<OwnedWorld>(plan);
    return {owned, &owned->world};
}

std::uint64_t draw_seed() {
    std::random_device random;
    return (std::uint64_t{random()} << 32) | random();
}

}  // namespace understudy::cli
