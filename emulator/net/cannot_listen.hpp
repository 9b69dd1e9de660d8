#pragma once

#include "emulator/source/problem.hpp"

#include <boost/system/error_code.hpp>

#include <cstdint>
#include <string>

namespace understudy::net {

/// Why a listener could not be opened, and which option cures it: `port_option` chooses another port, `--host` another
/// address.
source::Problem cannot_listen(const std::string& address, std::uint16_t port, const std::string& port_option,
                              const boost::system::error_code& error);

}  // namespace understudy::net
