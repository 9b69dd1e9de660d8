#pragma once

#include "emulator/lambda/asynchronous_event.hpp"
#include "emulator/lambda/invocation.hpp"

#include <chrono>
#include <string>

namespace understudy::lambda {

/// What a destination is told of an event that has come to its end.
///
/// Rule: [localstack/localstack test_lambda_destinations.snapshot.json]. Without an attempt there is no response.
/// Unverified: a reply that is no JSON is told as a string. Tested by: DestinationRecord.TellsOfSuccessAndFailure
std::string render_destination_record(const Invocation& invocation, const Outcome& outcome, EventEnd end, int attempts,
                                      std::chrono::system_clock::time_point now);

}  // namespace understudy::lambda
