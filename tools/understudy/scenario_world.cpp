#include "tools/understudy/scenario_world.hpp"

#include "emulator/process/temp_directory.hpp"
#include "tools/scenario/http_sender.hpp"
#include "tools/understudy/scenario_application.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <thread>
#include <utility>

namespace understudy::cli {
namespace {

using scenario::Arrived;
using scenario::Outgoing;

Arrived send_one(scenario::HttpSender& sender, const Outgoing& outgoing) {
    const auto begin = std::chrono::steady_clock::now();
    auto reply = sender.send(outgoing.base_url, outgoing.request, outgoing.timeout);
    const auto taken = std::chrono::steady_clock::now() - begin;
    return {std::move(reply), std::chrono::duration_cast<std::chrono::microseconds>(taken)};
}

/// One connection for what is sent alone, one for each of what is sent together.
std::vector<Arrived> send_together(scenario::HttpSender& kept, const std::vector<Outgoing>& outgoing) {
    if (outgoing.size() == 1) return {send_one(kept, outgoing.front())};
    std::vector<std::optional<Arrived>> arrived(outgoing.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < outgoing.size(); ++i) {
        threads.emplace_back([&, i] {
            scenario::HttpSender sender;
            arrived[i] = send_one(sender, outgoing[i]);
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
    auto directory = process::TempDirectory::make(process::system_temp_directory());
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

std::uint64_t draw_seed() {
    std::random_device random;
    return (std::uint64_t{random()} << 32) | random();
}

}  // namespace

scenario::World make_world(EmulatorThread& thread, const TestOptions& options) {
    scenario::World world;
    world.start_application = [&](const app::Application& application) {
        return options.against.empty() ? start_application(thread, application) : reach_application(options.against);
    };
    world.start_template = [&](const scenario::TemplatePlan& plan) {
        return options.against.empty() ? start_template(thread, plan) : reach_application(options.against);
    };
    world.send = [sender = std::make_shared<scenario::HttpSender>()](const std::vector<Outgoing>& outgoing) {
        return send_together(*sender, outgoing);
    };
    world.make_folder = make_folder;
    world.sleep = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); };
    world.now = [] { return std::chrono::steady_clock::now(); };
    world.wall_clock = [] { return std::chrono::system_clock::now(); };
    world.seed = options.seed.value_or(draw_seed());
    return world;
}

}  // namespace understudy::cli
