#include "recorder/relay.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "recorder/link.hpp"

namespace understudy::recorder {
namespace {

constexpr std::size_t kBufferBytes = 1 << 16;
/// Far more than any runtime opens; more of them wait.
constexpr std::size_t kMostLinks = 256;
/// Descriptors that are not links'.
constexpr std::size_t kOtherDescriptors = 16;
constexpr std::size_t kDescriptorsOfALink = 2;

/// So few that there is a descriptor for each end of each.
std::size_t count_possible_links() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return kMostLinks;
    const std::size_t descriptors = limit.rlim_cur;
    return std::min(kMostLinks, (std::max(descriptors, kOtherDescriptors) - kOtherDescriptors) / kDescriptorsOfALink);
}

void send_at_once(int socket) {
    constexpr int kYes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &kYes, sizeof kYes);
}

}  // namespace

Relay::Relay(const sockaddr_in& api, Journal& journal)
    : api_(api), journal_(journal), most_links_(count_possible_links()), buffer_(kBufferBytes) {}

Relay::~Relay() {
    if (listener_ >= 0) ::close(listener_);
}

std::optional<std::uint16_t> Relay::listen() {
    if (most_links_ == 0) return std::nullopt;
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const address = reinterpret_cast<sockaddr*>(&own);
    socklen_t size = sizeof own;
    if (listener_ < 0 || ::bind(listener_, address, size) != 0 || ::listen(listener_, SOMAXCONN) != 0 ||
        ::getsockname(listener_, address, &size) != 0) {
        return std::nullopt;
    }
    return ntohs(own.sin_port);
}

void Relay::collect(std::vector<pollfd>& waits) {
    waits.push_back({links_.size() < most_links_ ? listener_ : -1, POLLIN, 0});
    for (const auto& link : links_) link->collect(waits);
}

void Relay::perform(std::span<const pollfd> waits) {
    std::erase_if(links_, [&](const auto& link) { return !link->perform(waits, buffer_); });
    if ((waits.front().revents & POLLIN) != 0) accept();
}

void Relay::accept() {
    const int function = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (function < 0) return;
    const int api = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool begun = api >= 0 && (::connect(api, reinterpret_cast<const sockaddr*>(&api_), sizeof api_) == 0 ||
                                    errno == EINPROGRESS);
    if (!begun) {
        if (api >= 0) ::close(api);
        ::close(function);
        return;
    }
    send_at_once(function);
    send_at_once(api);
    links_.push_back(std::make_unique<Link>(function, api, journal_));
}

bool Relay::is_done() const {
    return std::ranges::all_of(links_, [](const auto& link) { return link->is_done(); });
}

}  // namespace understudy::recorder
