#include "emulator/emulator.hpp"
#include "emulator/http/loopback_url.hpp"
#include "tools/understudy/banner.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/idle_memory.hpp"
#include "tools/understudy/ready.hpp"
#include "tools/understudy/reload.hpp"
#include "tools/understudy/served_application.hpp"
#include "tools/understudy/settings.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <string>

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

bool wants_watch(const ServeOptions& options) {
    return options.watch.value_or(::isatty(STDERR_FILENO) == 1);
}

Settings to_serve_settings(const ServeOptions& options, const PreparedApplication& prepared) {
    Settings settings = to_settings(options.function);
    settings.application = prepared.application;
    settings.public_address = options.public_address;
    settings.tls = options.tls;
    settings.signing_keys = options.signing_keys;
    settings.address = options.address;
    settings.gateway_port = options.port;
    settings.lambda_port = options.lambda_port;
    if (options.quiet) settings.platform_log = PlatformLog::omitted;
    if (wants_watch(options)) settings.changed_code = ChangedCode::held;
    return settings;
}

/// What `ISSUER=FILE` and `ISSUER=URL` words say, the files read.
source::Result<std::vector<IssuerKeys>> read_issuer_keys(const std::vector<std::string>& words) {
    std::vector<IssuerKeys> keys;
    for (const std::string& word : words) {
        const auto sign = word.find('=');
        if (http::parse_loopback_url(word.substr(sign + 1))) {
            keys.push_back({word.substr(0, sign), {}, word.substr(sign + 1)});
            continue;
        }
        std::ifstream file(word.substr(sign + 1), std::ios::binary);
        std::ostringstream text;
        if (!file || !(text << file.rdbuf()))
            return source::Problem(source::ProblemCode::unreadable,
                                   "cannot read '" + word.substr(sign + 1) + "' (--jwks)");
        keys.push_back({word.substr(0, sign), text.str(), {}});
    }
    return keys;
}

/// Tells people something that is no result.
void say(const std::string& text) {
    write_all(STDERR_FILENO, text);
}

int fail(const std::string& message) {
    say("understudy serve: " + message + '\n');
    return 1;
}

/// Reads what is served. What cannot be started is told and answers with AWS's error; what cannot be read ends here.
std::optional<PreparedApplication> prepare(ServedApplication& served, const ServeOptions& options) {
    auto prepared = served.prepare();
    if (!prepared) {
        say(served.render(prepared.error(), wants_colour(STDERR_FILENO) ? source::Colour::ansi : source::Colour::none));
        return std::nullopt;
    }
    for (const std::string& failure : prepared->failures) say("warning: " + failure + '\n');
    if (!options.quiet) {
        for (const std::string& notice : prepared->notices) say(notice);
    }
    return std::move(*prepared);
}

}  // namespace

int serve(const ServeOptions& options) {
    ServedApplication served(options);
    const auto prepared = prepare(served, options);
    if (!prepared) return 1;
    boost::asio::io_context context(1);
    keep_freed_memory();
    IdleMemory memory(context, kIdle, return_freed_memory);
    Watch watch(options, memory);
    auto keys = read_issuer_keys(options.issuer_keys);
    if (!keys) return fail(to_string(keys.error()));
    Settings settings = to_serve_settings(options, *prepared);
    settings.issuer_keys = std::move(*keys);
    Emulator emulator(context, std::move(settings), watch);
    const auto endpoints = emulator.start();
    if (!endpoints) return fail(to_string(endpoints.error()));
    Reload reload(context, emulator, served, *prepared, say);
    if (wants_watch(options)) {
        if (const auto watched = reload.watch(); !watched) return fail(to_string(watched.error()));
    }
    boost::asio::signal_set hang_up(context, SIGHUP);
    std::function<void()> await_hang_up = [&] {
        hang_up.async_wait([&](const boost::system::error_code& error, int) {
            if (error) return;
            reload.request_all();
            await_hang_up();
        });
    };
    await_hang_up();
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([&](const boost::system::error_code& error, int) {
        if (error) return;
        hang_up.cancel();
        reload.stop();
        emulator.stop();
        memory.stop();
    });
    const std::string ready = render_ready_line(*endpoints, prepared->application, ::getpid()) + '\n';
    if (!options.ready_file.empty()) {
        if (const auto written = write_ready_file(options.ready_file, ready); !written) {
            return fail(to_string(written.error()));
        }
    }
    if (!options.quiet) write_all(STDERR_FILENO, render_banner(*endpoints, prepared->application));
    write_all(STDOUT_FILENO, ready);
    context.run();
    if (!options.ready_file.empty()) ::unlink(options.ready_file.c_str());
    return 0;
}

}  // namespace understudy::cli
