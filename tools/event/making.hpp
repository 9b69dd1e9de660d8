#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::event_maker {

/// What stands in an event and was told by nobody: the same for the same seed.
struct Making {
    /// 2 March 2026, 09:30 UTC: that of the HTTP fronts' made-up events, too.
    std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::seconds(1'772'443'800)};
    std::uint64_t seed = 1;
    std::string region = "us-east-1";
    std::string account = "123456789012";
};

/// What base64 is written with, for what looks like it.
inline constexpr std::string_view kBase64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Draws what looks random, from a seed. Two of one seed draw the same.
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : state_(seed) {}

    std::uint64_t number();
    /// Lower-case hexadecimal digits, or those of another alphabet.
    std::string text(std::size_t length, std::string_view alphabet = "0123456789abcdef");
    std::string digits(std::size_t length);
    /// Of version 4.
    std::string uuid();

  private:
    std::uint64_t state_;
};

/// `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`
std::string to_arn(const Making& making, std::string_view service, std::string_view resource);

/// In lower-case hexadecimal digits.
std::string md5(std::string_view bytes);

/// The time of the event since the epoch, as digits.
std::string to_milliseconds(const Making& making);
/// `2026-03-02T09:30:00Z`
std::string to_seconds_time(const Making& making);

}  // namespace understudy::event_maker
