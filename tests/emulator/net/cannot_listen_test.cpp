#include "emulator/net/cannot_listen.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace understudy::net {
namespace {

std::string tell(int reason) {
    return cannot_listen("127.0.0.1", 80, "--port", {reason, boost::system::system_category()}).message();
}

TEST(CannotListen, APortThatCannotBeHadIsToldWithTheOptionThatChoosesAnother) {
    const std::string cure = "; choose another port with --port (0 picks a free one)";
    EXPECT_EQ(tell(EADDRINUSE), "cannot listen on 127.0.0.1:80: Address already in use" + cure);
    EXPECT_EQ(tell(EACCES), "cannot listen on 127.0.0.1:80: Permission denied" + cure);
}

TEST(CannotListen, AnAddressOfAnotherMachineIsToldWithTheOptionThatChoosesOneOfThis) {
    EXPECT_EQ(tell(EADDRNOTAVAIL),
              "cannot listen on 127.0.0.1:80: Cannot assign requested address; choose an address of this machine with "
              "--host");
}

TEST(CannotListen, AnyOtherReasonStandsAlone) {
    EXPECT_EQ(tell(EMFILE), "cannot listen on 127.0.0.1:80: Too many open files");
}

}  // namespace
}  // namespace understudy::net
