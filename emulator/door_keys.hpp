#pragma once

#include "emulator/emulator.hpp"
#include "emulator/gateway/access_control.hpp"
#include "emulator/lambda/variables.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/document_fetch.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy {

/// The secrets of the given keys, and of the one that functions find among their variables.
gateway::Secrets to_secrets(const std::vector<SigningKey>& keys, const lambda::Credentials& functions_own);

/// The keys of the issuers of JSON web tokens: texts that were given, and documents that are fetched when they are
/// asked for.
class DoorKeys {
  public:
    /// Tells people what is wrong with an issuer's keys.
    using Advise = std::function<void(const std::string& issuer, const std::string& text)>;
    using Done = std::function<void(std::optional<std::string>)>;

    /// Lifetime: all that it is given outlives it.
    DoorKeys(boost::asio::io_context& context, net::Deadlines& deadlines, const Settings& settings, Advise advise)
        : context_(context), deadlines_(deadlines), settings_(settings), advise_(std::move(advise)) {}

    /// Gives an API's door the texts. Returns the issuers whose keys are to be fetched.
    std::vector<std::string> give(gateway::AccessControl& access) const;
    /// `done` is told the document, or nullopt. Who asks while it is under way is told the same.
    void fetch(const std::string& issuer, Done done);
    /// Breaks off what is under way.
    void stop();

  private:
    struct Fetch {
        std::shared_ptr<net::DocumentFetch> document;
        std::vector<Done> waiting;
    };

    const IssuerKeys* find(const std::string& issuer) const;
    void on_fetched(const std::string& issuer, source::Result<std::string> document);

    boost::asio::io_context& context_;
    net::Deadlines& deadlines_;
    const Settings& settings_;
    Advise advise_;
    std::map<std::string, Fetch> under_way_;
};

}  // namespace understudy
