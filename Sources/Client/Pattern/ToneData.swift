/// Made by `scripts/make-tone` with ffmpeg's Opus encoder: one second of a chord of ours, to be repeated.
enum ToneData {
    static let packetByteCount = 60
    static let base64 = """
        +N/AmdwZ3avIhX42bK9BPiaUJJJKPlt7WJHhpllshNIZtMSR0TUMmyydQxMPbfeCzEqyLqR53yjnnZRw+NsZG0QeoWfle8TmIHGYeb0quJO8\
        mOPbe1pDs9zb19SQdwMHfZUhIwLV2Y+x835dkYrC+MBtDUnswbxw+NnymqpgJmLLvlcR4O8n+M/iwkAAeO70l9UdtlphKl9rvfgTHV7FcF0J\
        nabhjzOeKzPTAXdx8rfT/hxv+NaL2tDPvamLGZBZven6fT+Xt68W+1QwsHUXdQDr4RMaEyfWgxIMpchRQEg2Epw8uDUv3RMmLXmw/CRu+NaT\
        QG0Hy85mCcgPQNrBxcLMam3n7/5MqXksikmRacx1SZut8KPd4Cj8R+/UF40tRqzrGq0fdpzfXARw+NaNS9VVYavEaRN8+q1KyuP6NArDK5MT\
        rCfRka+qPH0VflJzD9B2E+VEu4YujW/aDNOcrvs4vSsC6hxw+NabFea7tfW4ivDFgY2WRSD0Hu7tgCE07M9VO3zUUG4Lc0UHAIx5S0U+Fiz5\
        XDg5Jt0m7BtalWW9+3Ru+NnKNRHuNLrynXt5JPkRMXTYRI3nSQ8eR1IigsR1Z4eCjgHaM+2XWG3b3bOCZXKk+ju4vq/flr8FapRw+N+2TI+P\
        mDzVlxiFXYGR/bm3IW1yVW8TNQD2OUjnXC1AbOniXoMDrZ1dRS+pr6hP6iGixUTIRRq+fXRw+NxcyeS+oJDZrDPSW2jwBTWFNEYZ3CTkbzGD\
        RnFZpY1mZrhEJZdTxLzTLUji1377NoA9U1wcilN5Gjxw+NaTtJPJmXARfVo6eQThR0G5ZxDqHxqItscuV5/gDePvE+mEBB//YW4VGxXoGTPK\
        5PnQsmlz6ZQWS5xw+NnIUbjtyD6Vs8TZIcGcE6IaZ6DCvxDEJnWzAr7BCBTPkJgFJfeDB76rEDhX8loM5V4TMt1Y2qM9/kxu+NaaT0IziB7q\
        VoAsanmMt5PDisjjVVElnPXHFgeAk18KnIkSc0DuvuKmdj+7py+kEwGC0Fsx+nAOOjxw+NaTnwN4OIK9LOMQ5NpaC5cXaC+aLuAIKPwQPGws\
        waDDvr1SJa6ZsS44sveRejWAuHgVIyIgNt3JBXxw+NaNRd00T+/WA6aejrtT6e1GpPIaD6clEonE4CvnwBV0CMhdGAtx+UyKQCgsV+RtheSs\
        jpoVtTQiS5Ru+NaQNXNSvprL1jiTDd+JrC2c+gJD9QSkiDFsoiWSFy9LKJTj94dk28TpveAqta921as8otxr7X5lkwRw+N/CRg8Bv2btzJtz\
        2KouRAZAA+IKTmzmf72cacCyWdAcuANrVqgiblOxIi5K4wgW9R0wb0vpURCQwxRw+NhQJQfN58nD0RM2OAHSUqN1pB6Ry22Jcw4+HTIBXoda\
        4/vv/EV4/fjjEH8dz0lNSJjsj8m/5eJwJCRw+NhxfRKD/TcjFAt2dc68ClMPm1IrYkQ6UESGtorjM3JIUpb9d0zYgwzXyUkaWhj4Jhxy+5/M\
        cXRr8eRw+NmsJ+pKMkQz5XPF9lAjgwO+pgzgYLWKvoBc1ZHxmb3Z+Qi+cJ+B0oyRqUuU9Sf4G/plTtAm3KTpVexu+Nsb2R5Tt1F3H2PRWE1p\
        OfEYjiObFGqbK2w5AAgfH0MHr/yJgH2hEmoXwbXDHk3UFzjqcJPyTJt9oZRu+NtliMQn7UpEDcxGSFJ4ibUNQosnJ25zBthXblJOFyeGW8qI\
        2EjxXH4mQ1QeZ+X/b1gsUf0JlXHpLhxw+NacV8EmMWHfOU0RYjnxSB2ZV23YexQTONFzUT/yPc099GraaFMCLLsWnFYkDr/YnOKkjCQjuYxA\
        xORw+NaUAkxvc8j2HVp1MmShYzml8I1P9mI31n2x+byqpCxra3T4O6oqzGCHuAp/XvzZPJz9lA31PSZIKtxu+NaYo2UNGhvSsP67vEwnBEm4\
        4f3mwKXkEAH2Sy/9lvEpkO0TYqNSN8N2gDcvAxeHPzdd/1TTkLdkVeRw+N/AmdwZ3avIhX42bK9BPiaUJJJKPlt7WJHhpllshNIZtMSR0TUM\
        myydQxMPbfeCzEqyLqR53yjnnZRw+NsZG0QeoWfle8TmIHGYeb0quJO8mOPbe1pDs9zb19SQdwMHfZUhIwLV2Y+x835dkYrC+MBtDUnswbxw\
        +NnymqpgJmLLvlcR4O8n+M/iwkAAeO70l9UdtlphKl9rvfgTHV7FcF0JnabhjzOeKzPTAXdx8rfT/hxv+NaL2tDPvamLGZBZven6fT+Xt68W\
        +1QwsHUXdQDr4RMaEyfWgxIMpchRQEg2Epw8uDUv3RMmLXmw/CRu+NaTQG0Hy85mCcgPQNrBxcLMam3n7/5MqXksikmRacx1SZut8KPd4Cj8\
        R+/UF40tRqzrGq0fdpzfXARw+NaNS9VVYavEaRN8+q1KyuP6NArDK5MTrCfRka+qPH0VflJzD9B2E+VEu4YujW/aDNOcrvs4vSsC6hxw+Nab\
        Fea7tfW4ivDFgY2WRSD0Hu7tgCE07M9VO3zUUG4Lc0UHAIx5S0U+Fiz5XDg5Jt0m7BtalWW9+3Ru+NnKNRHuNLrynXt5JPkRMXTYRI3nSQ8e\
        R1IigsR1Z4eCjgHaM+2XWG3b3bOCZXKk+ju4vq/flr8FapRw+N+2TI+PmDzVlxiFXYGR/bm3IW1yVW8TNQD2OUjnXC1AbOniXoMDrZ1dRS+p\
        r6hP6iGixUTIRRq+fXRw+NxcyeS+oJDZrDPSW2jwBTWFNEYZ3CTkbzGDRnFZpY1mZrhEJZdTxLzTLUji1377NoA9U1wcilN5Gjxw+NaTtJPJ\
        mXARfVo6eQThR0G5ZxDqHxqItscuV5/gDePvE+mEBB//YW4VGxXoGTPK5PnQsmlz6ZQWS5xw+NnIUbjtyD6Vs8TZIcGcE6IaZ6DCvxDEJnWz\
        Ar7BCBTPkJgFJfeDB76rEDhX8loM5V4TMt1Y2qM9/kxu+NaaT0IziB7qVoAsanmMt5PDisjjVVElnPXHFgeAk18KnIkSc0DuvuKmdj+7py+k\
        EwGC0Fsx+nAOOjxw+NaTnwN4OIK9LOMQ5NpaC5cXaC+aLuAIKPwQPGwswaDDvr1SJa6ZsS44sveRejWAuHgVIyIgNt3JBXxw+NaNRd00T+/W\
        A6aejrtT6e1GpPIaD6clEonE4CvnwBV0CMhdGAtx+UyKQCgsV+RtheSsjpoVtTQiS5Ru+NaQNXNSvprL1jiTDd+JrC2c+gJD9QSkiDFsoiWS\
        Fy9LKJTj94dk28TpveAqta921as8otxr7X5lkwRw+N/CRg8Bv2btzJtz2KouRAZAA+IKTmzmf72cacCyWdAcuANrVqgiblOxIi5K4wgW9R0w\
        b0vpURCQwxRw+NhQJQfN58nD0RM2OAHSUqN1pB6Ry22Jcw4+HTIBXoda4/vv/EV4/fjjEH8dz0lNSJjsj8m/5eJwJCRw+NhxfRKD/TcjFAt2\
        dc68ClMPm1IrYkQ6UESGtorjM3JIUpb9d0zYgwzXyUkaWhj4Jhxy+5/McXRr8eRw+NmsJ+pKMkQz5XPF9lAjgwO+pgzgYLWKvoBc1ZHxmb3Z\
        +Qi+cJ+B0oyRqUuU9Sf4G/plTtAm3KTpVexu+Nsb2R5Tt1F3H2PRWE1pOfEYjiObFGqbK2w5AAgfH0MHr/yJgH2hEmoXwbXDHk3UFzjqcJPy\
        TJt9oZRu+NtliMQn7UpEDcxGSFJ4ibUNQosnJ25zBthXblJOFyeGW8qI2EjxXH4mQ1QeZ+X/b1gsUf0JlXHpLhxw+NacV8EmMWHfOU0RYjnx\
        SB2ZV23YexQTONFzUT/yPc099GraaFMCLLsWnFYkDr/YnOKkjCQjuYxAxORw+NaUAkxvc8j2HVp1MmShYzml8I1P9mI31n2x+byqpCxra3T4\
        O6oqzGCHuAp/XvzZPJz9lA31PSZIKtxu+NaYo2UNGhvSsP67vEwnBEm44f3mwKXkEAH2Sy/9lvEpkO0TYqNSN8N2gDcvAxeHPzdd/1TTkLdk\
        VeRw
        """
}
