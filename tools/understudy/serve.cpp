#include "emulator/emulator.hpp"
#include "emulator/files/read_file.hpp"
#include "emulator/files/write_file.hpp"
#include "tools/grpc/front.hpp"
#include "tools/understudy/banner.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/idle_memory.hpp"
#include "tools/understudy/orphan_reaper.hpp"
#include "tools/understudy/ready.hpp"
#include "tools/understudy/recording.hpp"
#include "tools/understudy/reload.hpp"
#include "tools/understudy/serve_signals.hpp"
#include "tools/understudy/served_application.hpp"
#include "tools/understudy/settings.hpp"
#include "tools/understudy/start_interrupt.hpp"
#include "tools/understudy/stream_writer.hpp"

#include <boost/asio/io_context.hpp>

#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace understudy::cli {
namespace {

constexpr std::chrono::milliseconds kIdle{500};
/// How long a reader that does not read is waited for at the end.
constexpr std::chrono::milliseconds kReaderPatience{1000};

/// What is shown, and what is kept in memory, while requests come.
class Watch : public Console {
  public:
    Watch(StreamWriter& out, const ServeOptions& options, IdleMemory& memory)
        : Console(out, options.quiet ? Verbosity::quiet : Verbosity::everything, display_of(STDERR_FILENO)),
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
    if (prepared.port) settings.gateway_port = static_cast<std::uint16_t>(*prepared.port);
    settings.lambda_port = options.lambda_port;
    if (options.quiet) settings.platform_log = PlatformLog::omitted;
    if (wants_watch(options)) settings.changed_code = ChangedCode::held;
    return settings;
}

/// Our standard streams, whose readers the loop never waits for.
struct Streams {
    explicit Streams(boost::asio::io_context& context)
        : out(context.get_executor(), STDOUT_FILENO), err(context.get_executor(), STDERR_FILENO) {}
    ~Streams() {
        out.finish(kReaderPatience);
        err.finish(kReaderPatience);
    }
    Streams(const Streams&) = delete;
    Streams& operator=(const Streams&) = delete;

    void leave_loop() {
        out.leave_loop();
        err.leave_loop();
    }

    StreamWriter out;
    StreamWriter err;
};

int fail(Streams& streams, const std::string& message) {
    streams.err.write("understudy serve: " + message + '\n');
    return 1;
}

/// Reads what is served. What cannot be started is told and answers with AWS's error; what cannot be read ends here.
std::optional<PreparedApplication> prepare(ServedApplication& served, const ServeOptions& options, StreamWriter& err,
                                           std::optional<StartInterrupt>& interrupt) {
    auto prepared = served.prepare();
    if (interrupt) interrupt->hold();
    if (!prepared) {
        err.write(served.render(prepared.error(), colour_of(STDERR_FILENO)));
        return std::nullopt;
    }
    for (const UnpreparedFunction& failure : prepared->failures) err.write("warning: " + failure.reason + '\n');
    if (!options.quiet) {
        for (const std::string& notice : prepared->notices) err.write(notice);
    }
    return std::move(*prepared);
}

/// What the options ask for; nullopt where it was told what is wrong with them.
std::optional<Settings> make_settings(const ServeOptions& options, const PreparedApplication& prepared,
                                      Streams& streams) {
    auto recording = read_recording(options.recording, prepared.shown, colour_of(STDERR_FILENO));
    if (const auto* wrong = std::get_if<std::string>(&recording)) {
        streams.err.write(*wrong);
        return std::nullopt;
    }
    Settings settings = to_serve_settings(options, prepared);
    settings.issuer_keys = prepared.issuer_keys;
    settings.recording = std::get<std::shared_ptr<const RecordingSettings>>(std::move(recording));
    return settings;
}

/// What SIGHUP does; nothing for a command, which has no file that says how it is served.
std::function<void()> to_reload(const ServeOptions& options, Reload& reload) {
    if (!options.files) return {};
    return [&reload] { reload.request_all(); };
}

/// The proxy for gRPC; null where none is asked for.
source::Result<std::unique_ptr<grpc::Front>> open_grpc_front(const ServeOptions& options, const Endpoints& endpoints) {
    if (!options.grpc_port) return std::unique_ptr<grpc::Front>();
    return grpc::Front::open({.address = options.address,
                              .port = static_cast<std::uint16_t>(*options.grpc_port),
                              .gateway = endpoints.gateway});
}

/// Nobody is ready yet, whatever a server that was killed has left behind.
void remove_stale(const std::string& ready_file) {
    std::error_code none;
    if (std::filesystem::is_regular_file(ready_file, none))
        std::filesystem::remove(std::filesystem::canonical(ready_file, none), none);
}

/// Another server, which was started later, may have written the file since.
bool is_own(const std::string& ready_file, const std::string& written) {
    std::error_code none;
    if (!std::filesystem::is_regular_file(ready_file, none)) return false;
    const auto now = files::read_file(ready_file, written.size() + 1);
    return now && *now == written;
}

/// Tells people and programs that requests may come; the file that says so is there as long as this is, or until
/// another server writes it.
class Announcement {
  public:
    /// `grpc`: where gRPC is taken; empty where it is not.
    Announcement(const ServeOptions& options, std::string grpc) : options_(options), grpc_(std::move(grpc)) {}
    ~Announcement() {
        if (!written_.empty() && is_own(options_.ready_file, written_)) remove_stale(options_.ready_file);
    }
    Announcement(const Announcement&) = delete;
    Announcement& operator=(const Announcement&) = delete;

    source::Result<void> make(Streams& streams, const Endpoints& endpoints, const app::Application& application) {
        const std::string ready = render_ready_line(endpoints, application, ::getpid(), grpc_) + '\n';
        if (auto written = write(ready); !written) return written.error();
        if (!options_.quiet) streams.err.write(render_banner(endpoints, application, grpc_));
        streams.out.write(ready);
        if (const int error = streams.out.error(); error != 0 && error != EPIPE)
            streams.err.write("warning: the line that says where this listens is lost, standard output: " +
                              std::generic_category().message(error) + '\n');
        return {};
    }

    /// Another application is served from now on: the file says so, and standard output does not, whose reader has
    /// its line. The file of a server that was started later stays.
    void renew(Streams& streams, const Endpoints& endpoints, const app::Application& application) {
        if (written_.empty() || !is_own(options_.ready_file, written_)) return;
        const std::string ready = render_ready_line(endpoints, application, ::getpid(), grpc_) + '\n';
        if (ready == written_) return;
        if (const auto written = write(ready); !written)
            streams.err.write("warning: " + to_string(written.error()) + '\n');
    }

  private:
    source::Result<void> write(const std::string& ready) {
        if (options_.ready_file.empty()) return {};
        if (auto written = files::write_file(options_.ready_file, ready); !written) return written.error();
        written_ = ready;
        return {};
    }

    const ServeOptions& options_;
    std::string grpc_;
    std::string written_;  ///< Into the file.
};

}  // namespace

int serve(const ServeOptions& options, process::Orphans& orphans) {
    remove_stale(options.ready_file);
    // Sockets are used in this thread only; others post to it.
    boost::asio::io_context context(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO);
    Streams streams(context);
    if (options.grpc_port && options.tls)
        return fail(streams,
                    "--grpc-port does not go with --tls: it passes calls on to the API in clear text; without --tls "
                    "gRPC's clients connect in clear text too (h2c, insecure credentials)");
    ServedApplication served(options);
    std::optional<StartInterrupt> start_interrupt;
    if (options.files) {
        const auto scratch = served.scratch();
        if (!scratch) return fail(streams, to_string(scratch.error()));
        start_interrupt.emplace(*scratch);
    }
    const auto prepared = prepare(served, options, streams.err, start_interrupt);
    if (!prepared) return 1;
    keep_freed_memory();
    IdleMemory memory(context, kIdle, [pages_returned = false]() mutable {
        return_freed_memory();
        if (!std::exchange(pages_returned, true)) return_program_pages();
    });
    Watch watch(streams.err, options, memory);
    auto settings = make_settings(options, *prepared, streams);
    if (!settings) return 1;
    Emulator emulator(context, *std::move(settings), watch);
    const auto endpoints = emulator.start();
    if (!endpoints) return fail(streams, to_string(endpoints.error()));
    std::optional<Announcement> announcement;
    Reload reload(context, emulator, served, {*prepared, *endpoints},
                  {.say = [&](const std::string& text) { streams.err.write(text); },
                   .on_replaced =
                       [&](const Endpoints& now, const app::Application& application) {
                           if (announcement) announcement->renew(streams, now, application);
                       }});
    if (wants_watch(options)) {
        if (const auto watched = reload.watch(); !watched) return fail(streams, to_string(watched.error()));
    }
    OrphanReaper reaper(context, orphans);
    ServeSignals signals(context, {.reload = to_reload(options, reload), .stop = [&] {
                                       reload.stop();
                                       emulator.stop();
                                       memory.stop();
                                       reaper.stop();
                                       streams.leave_loop();
                                   }});
    start_interrupt.reset();
    const auto grpc_front = open_grpc_front(options, *endpoints);
    if (!grpc_front) return fail(streams, to_string(grpc_front.error()));
    announcement.emplace(options, *grpc_front ? (*grpc_front)->authority() : std::string());
    if (const auto written = announcement->make(streams, *endpoints, prepared->application); !written)
        return fail(streams, to_string(written.error()));
    context.run();
    signals.clear();
    return 0;
}

}  // namespace understudy::cli
