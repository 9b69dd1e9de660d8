#include "tools/understudy/served_emulator.hpp"

#include <future>
#include <optional>
#include <utility>

namespace understudy::cli {
namespace {

std::vector<replay::Door> to_doors(const Endpoints& endpoints) {
    std::vector<replay::Door> doors;
    for (const auto& api : endpoints.apis)
        doors.push_back({api.id, api.name, std::string(app::kind_name(api.kind)), api.url});
    return doors;
}

}  // namespace

ServedEmulator::~ServedEmulator() {
    thread_.run([this] { emulator_.reset(); });
}

source::Result<replay::Doors> ServedEmulator::start(const Settings& settings) {
    std::optional<source::Result<Endpoints>> endpoints;
    thread_.run([&] {
        emulator_ = std::make_unique<Emulator>(thread_.context(), settings, nobody_);
        endpoints = emulator_->start();
    });
    if (!*endpoints) return endpoints->error();
    replay::Doors doors;
    doors.url = (*endpoints)->gateway;
    doors.lambda = (*endpoints)->lambda;
    doors.doors = to_doors(**endpoints);
    return doors;
}

source::Result<std::vector<replay::Door>> ServedEmulator::replace(app::Application application) {
    std::promise<source::Result<Endpoints>> result;
    thread_.run([&] {
        if (stopped_) return result.set_value(source::Problem(source::ProblemCode::busy, "it is being stopped"));
        emulator_->replace(std::move(application), {}, {},
                           [&](const Emulator::Replaced& replaced) { result.set_value(replaced.endpoints); });
    });
    const auto endpoints = result.get_future().get();
    if (!endpoints) return endpoints.error();
    return to_doors(*endpoints);
}

Emulator::Result ServedEmulator::invoke(const std::string& function, const Emulator::Call& call) {
    std::promise<Emulator::Result> result;
    thread_.run([&] {
        if (stopped_) return result.set_value({});
        emulator_->invoke(function, call, [&](Emulator::Result reply) { result.set_value(std::move(reply)); });
    });
    return result.get_future().get();
}

void ServedEmulator::stop() {
    thread_.run([this] {
        stopped_ = true;
        if (emulator_) emulator_->stop();
    });
}

}  // namespace understudy::cli
