#include <gmock/gmock.h>

#include <understudy/testing.hpp>

#include "greeting.pb.h"

#if defined(BOOST_ASIO_VERSION) || defined(BOOST_BEAST_VERSION)
#error "the public headers bring in Asio or Beast"
#endif

namespace {

using greeting::v1::GreetRequest;
using greeting::v1::GreetResponse;

understudy::rpc::MethodTable make_methods() {
    understudy::rpc::MethodTable methods;
    methods.add<GreetRequest, GreetResponse>("greeting.v1.Greeter/Greet", [](const auto& request, auto& response) {
        response.set_text("Hello, " + request.name() + "!");
        return understudy::wire::Status();
    });
    return methods;
}

class Greeting : public understudy::FunctionTest {
  protected:
    void SetUp() override { serve(make_methods(), {.front = understudy::FrontDoor::rest}); }
};

TEST_F(Greeting, NamesWhoIsGreeted) {
    GreetRequest request;
    request.set_name("Ada");
    const auto reply = call<GreetRequest, GreetResponse>("greeting.v1.Greeter/Greet", request);
    ASSERT_TRUE(reply.ok()) << reply;
    EXPECT_THAT(reply.response, understudy::EqualsProto("text: 'Hello, Ada!'"));
    EXPECT_THAT(reply.response, understudy::MatchesProto("{ text: { $contains: Ada } }"));
}

}  // namespace
