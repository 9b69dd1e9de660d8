#pragma once

#include "emulator/app/application.hpp"
#include "emulator/hosted_runtime.hpp"
#include "emulator/lambda/waiting_events.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

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

/// How often one piece of advice is told.
enum class AdviceTold : std::uint8_t {
    once,   ///< For each function or API and each detail of it; a mistake in traffic once until a reload.
    again,  ///< Whenever it applies.
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
    std::string address = "127.0.0.1";      ///< Numeric; every listener that others call is opened here.
    std::uint16_t gateway_port = 0;         ///< 0: a free one.
    std::uint16_t lambda_port = 0;          ///< 0: a free one.
    int max_environments = 16;              ///< For each function.
    double clock_scale = 1;                 ///< Waits are this many times shorter; messages keep the nominal time.
    lambda::EventLimits event_limits = {};  ///< Beyond them the Lambda API throttles events.
    std::optional<std::uint64_t> seed;      ///< Makes ids repeatable.
    Credentials credentials = Credentials::dummy;
    PlatformLog platform_log = PlatformLog::written;
    AdviceTold advice_told = AdviceTold::once;
    ChangedCode changed_code = ChangedCode::started;
    std::optional<PublicAddress> public_address;
    std::vector<IssuerKeys> issuer_keys;
    /// None: `AWS_IAM` lets everybody pass. Else signatures of these keys count, and of the functions' own credentials.
    std::optional<std::vector<SigningKey>> signing_keys;
    std::optional<TlsFiles> tls;  ///< The gateway's listener speaks TLS; the Lambda API does not.
    /// Functions, by name, that no process is started for. There is no one to kill: a timeout ends the environment, and
    /// faults that stop a process do nothing else.
    std::map<std::string, StartRuntime> hosted = {};
    bool strict_environment = false;                     ///< Name none of our endpoints to functions.
    std::shared_ptr<const RecordingSettings> recording;  ///< Null: traffic is not recorded.
    std::shared_ptr<const ReplaySettings> replay = {};   ///< In place of `recording`, for requests that are sent again.
};

}  // namespace understudy
