#pragma once

#include "emulator/app/application.hpp"
#include "emulator/hosted_runtime.hpp"
#include "emulator/lambda/disturbance.hpp"
#include "emulator/net/answered_request.hpp"
#include "emulator/source/problem.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace understudy {

struct RecordingSettings;
struct ReplaySettings;

/// Which AWS credentials a function finds among its variables.
enum class Credentials : std::uint8_t {
    dummy,    ///< Made-up ones, so that a test cannot touch a real account.
    inherit,  ///< AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of this process.
};

/// Whether a function's log has the platform's lines.
enum class PlatformLog : std::uint8_t {
    written,  ///< START, END, REPORT and faults.
    omitted,  ///< Only what the function writes; what nobody reads costs nothing.
};

/// What a function's further environments are started with once its files on the disk are others.
enum class ChangedCode : std::uint8_t {
    started,  ///< Whatever is there.
    held,     ///< The native program of before, else nothing as long as an environment lives, until `replace`.
};

/// The address of a deployed API, shown in events in place of how clients reach the emulator.
struct PublicAddress {
    std::string host;  ///< With a port where it is not the protocol's own.
    std::string proto = "https";
    std::uint16_t port = 443;
};

/// An access key whose signatures count, and the secret that signs.
struct SigningKey {
    std::string id;
    std::string secret;
};

/// The public keys of an issuer of JSON web tokens.
struct IssuerKeys {
    std::string issuer;    ///< As the authorizer names it.
    std::string key_set;   ///< The text of its JWKS document. Unused where there is a `url`.
    std::string url = {};  ///< Where the document is fetched; `http://` on this machine (`parse_loopback_url`).
};

/// A server's certificate, with the chain behind it, and its key: PEM files. Both empty: one that vouches for itself.
struct TlsFiles {
    std::string certificate;
    std::string key;
};

/// What is served, and how.
struct Settings {
    app::Application application;
    std::string address = "127.0.0.1";  ///< Numeric; every listener that others call is opened here.
    std::uint16_t gateway_port = 0;     ///< 0: a free one.
    std::uint16_t lambda_port = 0;      ///< 0: a free one.
    int max_environments = 16;          ///< For each function.
    double clock_scale = 1;             ///< Waits are this many times shorter; messages keep the nominal time.
    std::optional<std::uint64_t> seed;  ///< Makes ids repeatable.
    Credentials credentials = Credentials::dummy;
    PlatformLog platform_log = PlatformLog::written;
    ChangedCode changed_code = ChangedCode::started;
    std::optional<PublicAddress> public_address;
    std::vector<IssuerKeys> issuer_keys;
    /// None: `AWS_IAM` lets everybody pass. Else signatures of these keys count, and of the functions' own credentials.
    std::optional<std::vector<SigningKey>> signing_keys;
    std::optional<TlsFiles> tls;  ///< The gateway's listener speaks TLS; the Lambda API does not.
    /// Functions, by name, that no process is started for. There is no one to kill: a timeout ends the environment, and
    /// faults that stop a process do nothing else.
    std::map<std::string, StartRuntime> hosted = {};
    bool strict_environment = false;                     ///< Do not name our Lambda API in AWS_ENDPOINT_URL_LAMBDA.
    std::shared_ptr<const RecordingSettings> recording;  ///< Null: traffic is not recorded.
    std::shared_ptr<const ReplaySettings> replay = {};   ///< In place of `recording`, for requests that are sent again.
};

/// Where a started emulator answers. URLs have no slash at their end.
struct Endpoints {
    struct Api {
        std::string id;
        app::ApiKind kind;
        std::string url;   ///< Takes any client there; the stage is in it where the API has one in its paths.
        std::string name;  ///< The template's logical id, or the function's name.
    };
    std::string gateway;
    std::string lambda;
    std::vector<Api> apis;
};

using net::AnsweredRequest;

/// Told what happens, on the emulator's thread; must not block and must not call back. The views live for the call.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void on_request(const AnsweredRequest&) {}
    /// A function is about to be given an event, through whichever door it came.
    virtual void on_event(std::string_view /*function*/, std::string_view /*event*/) {}
    /// Lines of a function's log, each with its line end: START, END and REPORT, and what the function wrote.
    virtual void on_log(std::string_view /*function*/, std::string_view /*lines*/) {}
    /// Advice about a mistake that AWS would punish. Each `id` is told once for each function or API and each detail of
    /// it, but for events that were dropped (`event-dropped`) and health that changed (`health-check`).
    virtual void on_advice(std::string_view /*id*/, std::string_view /*text*/) {}
};

/// The whole emulator: an application goes in, running endpoints come out.
///
/// Thread safety: everything happens on the thread that runs `context`, which must outlive the emulator; that thread
/// must live as long as the functions' processes do.
/// Lifetime: `observer` outlives the emulator. The destructor kills what still runs; nothing is left behind.
class Emulator {
  public:
    Emulator(boost::asio::io_context& context, Settings settings, Observer& observer);
    ~Emulator();
    Emulator(const Emulator&) = delete;
    Emulator& operator=(const Emulator&) = delete;

    /// Opens every listener; they answer from now on. No environment is started before its first invocation.
    /// Errors: `ProblemCode::unreadable` for a port that is taken or an address that is not ours; `invalid` for one
    /// port for both endpoints, and for a variable that AWS would not take; `unreadable` for a recording that cannot be
    /// written.
    source::Result<Endpoints> start();

    /// Runs a function once, without going through HTTP. `done` gets the function's bytes and whether they are an
    /// error.
    struct Result {
        std::string payload;
        bool function_error = false;
    };
    void invoke(const std::string& function, std::string event, std::function<void(Result)> done);
    /// The same with what else an invocation carries; what is empty is made up, or left out where AWS may leave it out.
    struct Call {
        std::string event;
        std::string request_id = {};
        std::string trace = {};           ///< `Root=…;Parent=…;Sampled=…`
        std::string client_context = {};  ///< JSON.
        std::string identity = {};        ///< JSON.
        std::string tenant = {};
        std::string function_arn = {};
        /// When its time began, in what the function reads of its deadline; unset: when it has the event.
        std::optional<std::chrono::system_clock::time_point> invoked = {};
    };
    void invoke(const std::string& function, Call call, std::function<void(Result)> done);

    /// The next invocation, whichever function it is of and wherever it comes from, goes wrong like this.
    void disturb_next(lambda::Disturbance disturbance);

    /// Serves another application in place of this one, on the same listeners: functions that are new, differ or are
    /// named in `rebuilt` are initialised first; then requests go to the new application, and those in flight end where
    /// they began. `done` is told once: where the new APIs answer, or why everything stays as it was.
    /// An API without an id keeps that of its predecessor of the same name. One replacement at a time.
    using OnReplaced = std::function<void(source::Result<Endpoints>)>;
    void replace(app::Application application, const std::set<std::string>& rebuilt, OnReplaced done);

    /// Answers nobody any more, kills every process group and closes every listener.
    void stop();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace understudy
