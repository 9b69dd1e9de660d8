#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <understudy/equals_proto.hpp>
#include <understudy/local_function.hpp>
#include <utility>
#include <vector>

namespace understudy {

/// A test of one function behind an emulated front door.
///
///     class Search : public understudy::FunctionTest {
///         void SetUp() override { serve(understudy::Program{{"./bootstrap"}}); }
///     };
///     TEST_F(Search, FindsNothingInAnEmptyLog) {
///         const auto reply = call<FindRequest, FindResponse>("logs.v1.Search/Find", request);
///         ASSERT_TRUE(reply.ok()) << reply;
///         EXPECT_THAT(reply.response, understudy::EqualsProto("found: false"));
///     }
///
/// A test that fails shows the function's log.
class FunctionTest : public ::testing::Test {
  protected:
    /// Serves a program, a C++ function or a table of methods (see LocalFunction), in place of what was served before.
    template <class What>
    LocalFunction& serve(What what, Serving serving = {}) {
        function_.reset();
        return function_.emplace(std::move(what), std::move(serving));
    }

    /// What is served. Errors: throws std::logic_error before `serve`.
    LocalFunction& function() {
        if (!function_) throw std::logic_error("nothing is served yet: call serve(…) first, in SetUp for instance");
        return *function_;
    }

    const std::string& url() { return function().url(); }
    Invoked invoke(std::string event) { return function().invoke(std::move(event)); }
    std::vector<std::string> logs() { return function().logs(); }
    std::vector<std::string> events() { return function().events(); }
    template <class Request, class Response>
    Called<Response> call(const std::string& method, const Request& request) {
        return function().call<Request, Response>(method, request);
    }

    void TearDown() override;

  private:
    std::optional<LocalFunction> function_;
};

}  // namespace understudy
