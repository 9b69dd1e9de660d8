#pragma once

#include "emulator/asynchronous_invocations.hpp"
#include "emulator/door_keys.hpp"
#include "emulator/emulator.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/front.hpp"
#include "emulator/net/gateway_listener.hpp"
#include "emulator/net/health_checks.hpp"
#include "emulator/net/random_ids.hpp"
#include "emulator/net/service_api.hpp"
#include "emulator/net/shortage.hpp"
#include "emulator/net/websocket_connections.hpp"
#include "emulator/running_functions.hpp"
#include "emulator/traffic_record.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// What stands behind `Emulator`: its course is in emulator.cpp, the way of an invocation in emulator_calls.cpp, the
/// APIs in emulator_site.cpp.
class Emulator::Impl {
  public:
    Impl(boost::asio::io_context& context, Settings settings, Observer& observer);

    source::Result<Endpoints> start();
    void invoke(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation,
                net::OnOutcome done);
    void invoke_streamed(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation,
                         std::shared_ptr<net::StreamSink> sink);
    void replace(app::Application application, const std::set<std::string>& rebuilt,
                 const std::set<std::string>& unready, OnReplaced done);
    std::vector<std::string> find_stranded() const { return functions_.find_stranded(); }
    void renew_issuer_keys(std::vector<IssuerKeys>&& keys) { settings_.issuer_keys = std::move(keys); }
    std::vector<app::Function> leaving() const { return functions_.leaving(); }
    void on_left(std::function<void()> told) { functions_.on_left(std::move(told)); }
    lambda::Invocation make_invocation(std::string event);
    void stop();
    lambda::Disturbance disturbance;  ///< Of the next invocation that is asked for from outside.

  private:
    void disturb(lambda::Invocation& invocation);
    void meet(const std::string& function, const lambda::Invocation& invocation);
    void deliver(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation,
                 net::OnOutcome done);
    std::shared_ptr<RunningFunction> make_function(const app::Function& function, const std::string& version);
    void tell_shortage();
    void tell_memory(const std::string& function, int megabytes, std::int64_t peak_kilobytes);
    void tell_dropped(const AsynchronousInvocations::Dropped& dropped);
    void tell_events_throttled();
    void tell_destination(AsynchronousInvocations::Telling&& telling);
    bool address(const std::string& function, const std::string& qualifier, lambda::Invocation& invocation);
    void ask_for_signatures(gateway::AccessControl& access) const;
    net::Front::Ends make_ends(const app::Api& api);
    std::shared_ptr<net::Front> make_front(const app::Application& application, const app::Api& api);
    std::shared_ptr<net::Recorder> make_recorder();
    void open_site();
    void check_health(const app::Application& application, const app::Api& api, const app::HealthCheck& check);
    void add_apis(Endpoints& endpoints) const;
    void tell_finding(const std::string& api, const event::Finding& finding);
    void tell_hint(const std::string& hint);
    void tell(bool is_new, std::string_view id, const std::string& text);
    void tell_changed_types(const app::Application& before);
    /// How advice calls a function.
    std::string name_of_function(const std::string& name) const;
    void advise(const std::string& subject, std::string_view id, const std::string& detail, const std::string& text);

    boost::asio::io_context& context_;
    Settings settings_;
    Observer& observer_;
    net::RandomIds ids_;
    net::Deadlines deadlines_;
    net::Shortage shortage_;  ///< Of file descriptors.
    Endpoints endpoints_;
    /// What has been told of each API or function and of each kind.
    std::map<std::string, std::set<std::string>> advised_;
    /// Those that traffic has shown since the last reload, with what distinguishes them.
    std::map<std::string, std::set<std::string>> mistakes_;
    std::unique_ptr<TrafficRecord> traffic_;  ///< Null where nothing is recorded, and so is the next.
    std::shared_ptr<net::Recorder> recorder_;
    DoorKeys keys_;
    RunningFunctions functions_;
    net::WebSocketConnections connections_;
    AsynchronousInvocations asynchronous_;
    std::unique_ptr<net::GatewayListener> gateway_;
    std::vector<std::shared_ptr<net::HealthChecks>> health_checks_;
    net::ServiceApi service_api_;
};

}  // namespace understudy
