#include "emulator/door_keys.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace understudy::door_keys_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// An issuer whose keys cannot be fetched: nobody listens there.
const IssuerKeys kNobody{.issuer = "https://issuer", .key_set = {}, .url = "http://127.0.0.1:1/keys"};

class DoorKeysTest : public testing::Test {
  protected:
    DoorKeysTest() { settings_.issuer_keys = {kNobody}; }

    void fetch() {
        keys_.fetch(kNobody.issuer,
                    [this](const std::optional<std::string>& document) { told_.push_back(document.value_or("none")); });
    }

    /// Not until the context has nothing to do: its timer is still to ring.
    void run_until_told(std::size_t times) {
        while (told_.size() < times && context_.run_one() > 0) continue;
    }

    boost::asio::io_context context_;
    net::Deadlines deadlines_{context_};
    Settings settings_;
    std::vector<std::string> advice_;
    std::vector<std::string> told_;
    DoorKeys keys_{context_, deadlines_, settings_,
                   [this](const std::string&, const std::string& text) { advice_.push_back(text); }};
};

TEST_F(DoorKeysTest, KeysThatCannotBeFetchedAreTold) {
    fetch();
    fetch();
    run_until_told(2);
    EXPECT_THAT(told_, ElementsAre("none", "none"));
    EXPECT_THAT(advice_, ElementsAre(HasSubstr("could not be fetched from http://127.0.0.1:1/keys: ")));
}

TEST_F(DoorKeysTest, AnIssuerMayGoOrGetAFileWhileItsKeysAreFetched) {
    const std::vector<IssuerKeys> later[] = {{}, {{.issuer = kNobody.issuer, .key_set = "{}"}}};
    for (const auto& keys : later) {
        settings_.issuer_keys = {kNobody};
        fetch();
        settings_.issuer_keys = keys;
        run_until_told(told_.size() + 1);
    }
    EXPECT_THAT(told_, ElementsAre("none", "none"));
    EXPECT_THAT(advice_, testing::IsEmpty()) << "nobody asks there again";
}

}  // namespace
}  // namespace understudy::door_keys_test
