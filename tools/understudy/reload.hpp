#pragma once

#include "emulator/emulator.hpp"
#include "emulator/process/file_watch.hpp"
#include "tools/understudy/served_application.hpp"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace understudy::cli {

/// Brings what is served up to date: when it is told to, and when a watched file has changed. The application is read
/// in a thread of its own; whatever goes wrong, the old one keeps serving, as far as its files still lie there. A
/// function that cannot be started keeps its old build; all others are taken. What was unpacked of earlier builds is
/// removed when the last of their environments is gone.
///
/// To be used on the context's thread. Lifetime: all that it is given outlives it; `stop` before the emulator is.
class Reload {
  public:
    struct Events {
        /// Gets a line for people about each reload.
        std::function<void(const std::string& line)> say;
        /// Another application is served from now on.
        std::function<void(const Endpoints& endpoints, const app::Application& application)> on_replaced;
    };
    /// What is served, and where.
    struct Current {
        PreparedApplication prepared;
        Endpoints endpoints;
    };

    Reload(boost::asio::io_context& context, Emulator& emulator, ServedApplication& served, Current current,
           Events events);
    ~Reload() { stop(); }
    Reload(const Reload&) = delete;
    Reload& operator=(const Reload&) = delete;

    /// Errors: those of `FileWatch::watch`.
    source::Result<void> watch();
    /// As if all that is served had been written.
    void request_all() {
        asked_.all = true;
        request(current_.prepared.watched);
    }
    /// Reads everything anew. While that is under way, another call asks for one more.
    void request(const std::vector<std::filesystem::path>& changed);
    /// Bids the thread leave what it unpacks, waits for it, and does nothing any more.
    void stop();

  private:
    using Prepared = source::Result<PreparedApplication>;
    struct Next;
    /// Why there is to be a reload.
    struct Asked {
        std::set<std::filesystem::path> changed;
        bool all = false;  ///< Somebody asked for all of it; nobody knows what changed.
    };

    void begin();
    void on_prepared(std::shared_ptr<Prepared> prepared);
    Next to_next(PreparedApplication&& prepared) const;
    bool is_current(const Next& next) const;
    void keep(Next& next, const std::string& function) const;
    void on_refused(Next& next, const Emulator::Replaced& replaced);
    void replace(Next&& next);
    void on_replaced(Next& next, const Endpoints& endpoints);
    void take(Next& next);
    void end();
    void go_on();
    void tidy();
    std::set<std::string> affected_functions() const;
    std::string describe(const Next& next, const Endpoints& endpoints) const;
    void tell_failures(const Next& next);
    void tell_failure(const std::string& reason);
    void tell_failure(const std::string& reason, const std::set<std::string>& concerned);

    boost::asio::io_context& context_;
    Emulator& emulator_;
    ServedApplication& served_;
    Current current_;
    Events events_;
    std::unique_ptr<process::FileWatch> watch_;
    std::thread worker_;
    bool busy_ = false;
    bool again_ = false;
    bool untidy_ = false;                ///< Something may lie there that nobody needs any more.
    std::atomic<bool> stopped_ = false;  ///< Read by the thread as well.
    Asked asked_;                        ///< Since the last reload has begun.
    Asked under_way_;                    ///< Before that, since the last one that succeeded.
    std::set<std::string> kept_;         ///< Functions whose new build that reload did not take.
    std::chrono::steady_clock::time_point began_;
};

}  // namespace understudy::cli
