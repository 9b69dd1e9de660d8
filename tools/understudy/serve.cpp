#include "emulator/emulator.hpp"
#include "tools/understudy/banner.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/idle_memory.hpp"
#include "tools/understudy/ready.hpp"
#include "tools/understudy/settings.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <iostream>

namespace understudy::cli {
namespace {

constexpr std::chrono::milliseconds kIdle{500};

/// What is shown, and what is kept in memory, while requests come.
class Watch : public Console {
  public:
    Watch(const ServeOptions& options, IdleMemory& memory)
        : Console(options.quiet ? Verbosity::quiet : Verbosity::everything, wants_colour(STDERR_FILENO)),
          memory_(memory) {}

    void on_request(const AnsweredRequest& request) override {
        Console::on_request(request);
        memory_.on_request();
    }

  private:
    IdleMemory& memory_;
};

Settings to_serve_settings(const ServeOptions& options) {
    Settings settings = to_settings(options.function);
    settings.address = options.address;
    settings.gateway_port = options.port;
    settings.lambda_port = options.lambda_port;
    if (options.quiet) settings.platform_log = PlatformLog::omitted;
    return settings;
}

}  // namespace

int serve(const ServeOptions& options) {
    boost::asio::io_context context(1);
    keep_freed_memory();
    IdleMemory memory(context, kIdle, return_freed_memory);
    Watch watch(options, memory);
    const Settings settings = to_serve_settings(options);
    Emulator emulator(context, settings, watch);
    const auto endpoints = emulator.start();
    if (!endpoints) {
        std::cerr << "understudy serve: " << endpoints.error() << '\n';
        return 1;
    }
    boost::asio::signal_set signals(context, SIGINT, SIGTERM, SIGHUP);
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error) return;
        emulator.stop();
        memory.stop();
    });
    const std::string ready = render_ready_line(*endpoints, settings.application, ::getpid()) + '\n';
    if (!options.ready_file.empty()) {
        if (const auto written = write_ready_file(options.ready_file, ready); !written) {
            std::cerr << "understudy serve: " << written.error() << '\n';
            return 1;
        }
    }
    if (!options.quiet) write_all(STDERR_FILENO, render_banner(*endpoints, settings.application));
    write_all(STDOUT_FILENO, ready);
    context.run();
    if (!options.ready_file.empty()) ::unlink(options.ready_file.c_str());
    return 0;
}

}  // namespace understudy::cli
