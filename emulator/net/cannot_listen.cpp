#include "emulator/net/cannot_listen.hpp"

namespace understudy::net {

source::Problem cannot_listen(const std::string& address, std::uint16_t port, const std::string& port_option,
                              const boost::system::error_code& error) {
    std::string text = "cannot listen on " + address + ':' + std::to_string(port) + ": " + error.message();
    if (error == std::errc::address_in_use || error == std::errc::permission_denied)
        text += "; choose another port with " + port_option + " (0 picks a free one)";
    if (error == std::errc::address_not_available) text += "; choose an address of this machine with --host";
    return {source::ProblemCode::unreadable, text};
}

}  // namespace understudy::net
